"""What is not as it should be: people, chats, calendar, rules. For /health and `check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from services.health import Health, collect
from services.model import OUT, WHOLE_CENTRE, Chat, Grant, Person, Purpose, Role
from services.municipality import Municipality

if TYPE_CHECKING:
    from storage.unit import UnitOfWork

YEAR_AHEAD = timedelta(days=365)
_NEEDED = {Role.DUT: 2, Role.MHD: 1, Role.QC: 1}
"""Roles of the centre: 2, nothing works without; 1, somebody else has to do it."""
_WORKERS = (Role.EXE, Role.DEP, Role.BHD)


class Level(IntEnum):
    """How bad it is."""

    NOTE = 0
    WARNING = 1
    BROKEN = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `code` names its words in bot/views/findings."""

    level: Level
    code: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What `of_facts` judges."""

    town: Municipality
    now: datetime
    health: Health
    chats: list[Chat]
    grants: list[Grant]
    unreached: list[str]
    """Names of role holders who have not pressed Start, or have stopped the bot."""


async def gather(
    uow: UnitOfWork,
    town: Municipality,
    now: datetime,
    *,
    seen: Mapping[int, list[str]] | None = None,
) -> Facts:
    """Read the facts. `seen`: rights missing in chats as just looked at, by the chat's id."""
    chats = [
        replace(chat, missing=(seen or {}).get(chat.id, chat.missing))
        for chat in await uow.overview.chats()
    ]
    unreached = [await uow.need(Person, p) for p in await uow.overview.not_started(now)]
    return Facts(
        town=town,
        now=now,
        health=await collect(uow, town, now),
        chats=chats,
        grants=await uow.overview.grants(now),
        unreached=[person.first_name for person in unreached],
    )


def of_facts(facts: Facts) -> list[Finding]:
    """Everything to mend, the worst first. Pure."""
    found = [
        *_chats(facts),
        *_blocks(facts),
        *_people(facts),
        *_queues(facts.health),
        *_calendar(facts),
    ]
    return sorted(found, key=lambda finding: -finding.level)


def _chats(facts: Facts) -> list[Finding]:
    purposes = {chat.purpose for chat in facts.chats}
    found = []
    if Purpose.TRIAGE not in purposes:
        found.append(Finding(Level.BROKEN, "no_triage_chat"))
    if Purpose.QUALITY not in purposes:
        found.append(Finding(Level.WARNING, "no_quality_chat"))
    for chat in facts.chats:
        if chat.missing:
            level = Level.BROKEN if {"send", OUT} & {*chat.missing} else Level.WARNING
            values: dict[str, object] = {"title": chat.title, "rights": tuple(chat.missing)}
            found.append(Finding(level, "rights_missing", values))
    return found


def _blocks(facts: Facts) -> list[Finding]:
    bound = {chat.block for chat in facts.chats if chat.block}
    workers, deputies = _scopes(facts, *_WORKERS), _scopes(facts, Role.BLK)
    lists = (
        (Level.WARNING, "blocks_without_chat", [b for b in facts.town.blocks if b not in bound]),
        (Level.BROKEN, "blocks_without_executor", _lacking(bound, workers)),
        (Level.WARNING, "blocks_without_deputy", _lacking(bound, deputies)),
    )
    return [
        Finding(level, code, {"blocks": tuple(blocks)}) for level, code, blocks in lists if blocks
    ]


def _scopes(facts: Facts, *roles: Role) -> set[str]:
    return {grant.scope for grant in facts.grants if grant.role in roles}


def _lacking(bound: set[str], scopes: set[str]) -> list[str]:
    return [] if WHOLE_CENTRE in scopes else sorted(bound - scopes)


def _people(facts: Facts) -> list[Finding]:
    held = {grant.role for grant in facts.grants}
    found = [
        Finding(Level(level), "no_role_holder", {"role": str(role)})
        for role, level in _NEEDED.items()
        if role not in held
    ]
    if facts.unreached:
        found.append(Finding(Level.WARNING, "not_started", {"names": tuple(facts.unreached)}))
    return found


def _queues(health: Health) -> list[Finding]:
    found = []
    if health.dead:
        found.append(Finding(Level.WARNING, "dead_letters", {"n": health.dead}))
    if health.parked:
        found.append(Finding(Level.WARNING, "parked", {"n": health.parked}))
    return found


def _calendar(facts: Facts) -> list[Finding]:
    zone, years = facts.town.calendar.zone, facts.town.calendar.years
    this = facts.now.astimezone(zone).year
    ahead = (facts.now + YEAR_AHEAD).astimezone(zone).year
    found = [
        Finding(Level.BROKEN if year == this else Level.WARNING, "year_unknown", {"year": year})
        for year in range(this, ahead + 1)
        if year not in years
    ]
    if facts.health.unconfirmed:
        values: dict[str, object] = {"n": facts.health.unconfirmed}
        found.append(Finding(Level.NOTE, "unconfirmed", values))
    return found
