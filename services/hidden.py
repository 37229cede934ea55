"""«Показать скрытое»: what staff cards mask, shown to the holder in private; each look is an event.

The event names the kinds that were looked at, never a value: those stay in the citizen's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services import cases, notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError
from services.model import Appeal, AppealId, Direction, SaidAs, Utterance
from services.notices import Kind
from services.understanding.personal import Secret, find

CODES = {
    Secret.PHONE: "ph",
    Secret.EMAIL: "em",
    Secret.CARD: "ca",
    Secret.DOCUMENT: "do",
    Secret.NAME: "na",
    Secret.FLAT: "fl",
    Secret.PLATE: "pl",
    Secret.PROFILE: "pr",
    Secret.BIRTH: "bi",
}
"""Kinds as an event keeps them: all together they fit its code."""


def hidden(said: Iterable[Utterance], public: frozenset[str]) -> dict[Secret, tuple[str, ...]]:
    """Every masked value of the citizen's words by its kind, each once, in the order of speech.

    `public`: telephones that everybody may know, as everywhere.
    """
    found: dict[Secret, dict[str, None]] = {}
    for text in _pieces(said):
        for one in find(text, public):
            value = " ".join(text[one.start : one.end].split())
            found.setdefault(one.kind, {})[value] = None
    return {kind: tuple(values) for kind, values in found.items()}


def _pieces(said: Iterable[Utterance]) -> list[str]:
    """His words as they were masked: those that opened the case together, the others one by one."""
    his = [u for u in said if u.direction is Direction.IN and u.text]
    opening = "\n".join(u.text for u in his if u.said_as is SaidAs.OPENING)
    return [opening, *(u.text for u in his if u.said_as is not SaidAs.OPENING)]


def kinds_of(code: str) -> list[Secret]:
    """The kinds that an event's code names."""
    known = {short: kind for kind, short in CODES.items()}
    return [known[short] for short in code.split(",") if short in known]


@use_case
async def reveal(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """Show it to the holder. Raises Denied, DomainError(«hidden_for_holder», «nothing_hidden»)."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.VIEW, block=appeal.block)
    if actor.person_id is None or appeal.holder_id != actor.person_id:
        raise DomainError("hidden_for_holder")
    said = await desk.uow.appeals.utterances_of(appeal.id)
    kinds = hidden(said, desk.town.public_numbers)
    if not kinds:
        raise DomainError("nothing_hidden")
    code = ",".join(CODES[kind] for kind in CODES if kind in kinds)
    appeal = cases.note_event(desk, appeal, "unmask", actor, code=code, deed=Deed.VIEW)
    await notify.in_private(desk, actor.person_id, Kind.HIDDEN, about=appeal.id, said=_shown(said))
    return appeal


def _shown(said: Sequence[Utterance]) -> list[int]:
    """What was there at the press, and no more, is what the look was logged for."""
    return [u.id for u in said if u.direction is Direction.IN]
