"""The crash town's staff: let in through the bot itself, as an administrator would."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.server import Sandbox
from tests.crash.words import BLOCKS

Person = dict[str, Any]
_LINK = re.compile(r"\?start=(r_\S+)")
_PATIENCE = 60
ADMINS = len(BLOCKS) + 1
"""How many administrators do it."""


@dataclass(slots=True)
class Staff:
    """Who works where."""

    executors: dict[int, list[Person]] = field(default_factory=dict)
    """By the chat of their block."""
    checkers: list[Person] = field(default_factory=list)
    quality: int = 0
    triage: int = 0


async def settle(sandbox: Sandbox, admins: list[Person]) -> Staff:
    """Invite everybody and bind the chats, each administrator a part of it: one block each, the
    last the centre. Raises TimeoutError.
    """
    world, staff = sandbox.world, Staff()
    for admin in admins:
        world.start(admin)
        await world.wait(lambda chat=admin["id"]: len(world.messages(chat)) > 1, _PATIENCE)
    *of_blocks, of_centre = admins
    await asyncio.gather(
        _centre(sandbox, of_centre, staff),
        *(
            _block(sandbox, admin, code, staff)
            for admin, code in zip(of_blocks, BLOCKS, strict=True)
        ),
    )
    return staff


async def _centre(sandbox: Sandbox, admin: Person, staff: Staff) -> None:
    duty = await _invited(sandbox, admin, "Дарья", "DUT")
    staff.checkers = [await _invited(sandbox, admin, name, "QC") for name in ("Ольга", "Кира")]
    staff.triage = await _bound(sandbox, admin, "TRIAGE", [duty])
    staff.quality = await _bound(sandbox, admin, "QUALITY", staff.checkers)


async def _block(sandbox: Sandbox, admin: Person, code: str, staff: Staff) -> None:
    team = [await _invited(sandbox, admin, name, "EXE", code) for name in ("Иван", "Павел")]
    staff.executors[await _bound(sandbox, admin, code, team)] = team


async def _invited(
    sandbox: Sandbox, admin: Person, name: str, role: str, scope: str = ""
) -> Person:
    world = sandbox.world
    person = world.add_user(name)
    asked = world.say(admin, f"/invite {role} {scope}".strip())["message_id"]

    def link() -> str | None:
        last = world.last(admin["id"])
        found = _LINK.search(last.get("text", ""))
        return found[1] if found and last["message_id"] > asked else None

    world.start(person, await world.wait(link, _PATIENCE))
    await world.wait(lambda: len(world.messages(person["id"])) > 1, _PATIENCE)
    return person


async def _bound(sandbox: Sandbox, admin: Person, code: str, members: list[Person]) -> int:
    world = sandbox.world
    group = world.add_group(f"Чат {code}", members=[admin, *members])
    world.say(admin, f"/bind {code}", chat=group)
    await world.wait(lambda: world.find(group["id"], "Чат привязан"), _PATIENCE)
    return int(group["id"])
