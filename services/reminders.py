"""What clocks say when a step comes: to the block's chat, to those above, to the citizen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services import cases, clocks, homeless, ladder, notify, outages, postponing
from services.calendar import local_day, working_minutes_between
from services.desk import Desk, use_case
from services.model import Appeal, Chat, Clock, PersonId, Purpose, State
from services.notices import Kind, Priority
from services.policies import ClockKind, Urgency
from services.triage import since

_SETTLED = (State.ANSWERED, State.CLOSED, State.MERGED, State.REJECTED, State.DISPUTED)
AT_ONCE = 2000
"""Clocks spoken for in one run: after an outage everything is told together."""
MANY = 3
"""So many late words for one chat become one list (conversations.md §2.10)."""


Heard = set[tuple[int, str]]
"""Clocks with the rungs on which somebody could be told."""


@dataclass(frozen=True, slots=True)
class Word:
    """Steps of one clock that have just come, soonest first."""

    appeal: Appeal
    clock: Clock
    steps: list[tuple[str, datetime]]

    @property
    def for_chat(self) -> tuple[str, datetime] | None:
        """The newest of the steps that the block's chat hears: several at once are one."""
        heard = [s for s in self.steps if s[0] not in ladder.RUNGS]
        return heard[-1] if heard else None

    @property
    def missed(self) -> bool:
        """The clock has just run out."""
        return any(code == clocks.DUE for code, _ in self.steps)


@use_case
async def speak(desk: Desk) -> int:
    """Say everything that has come due; run again it says nothing twice.

    Of several steps passed at once (after an outage) every chat and person hears the last that
    is his; of many cases at once, one list. Returns how many clocks spoke.
    """
    silent_since = await outages.silent_since(desk)
    words: list[Word] = []
    promised = 0
    due = await desk.uow.appeals.speaking_clocks(desk.now, limit=AT_ONCE)
    # Where nobody else writes they are read at once; else each anew when it is locked.
    await desk.uow.foresee(Appeal, "id", (appeal_id for appeal_id, _clock in due))
    await desk.uow.foresee(Clock, "id", (clock_id for _appeal, clock_id in due))
    # Appeals are locked in one order, and their clocks: somebody may be answering now.
    for appeal_id, clock_id in due:
        appeal = await cases.locked(desk, appeal_id)
        fresh = await desk.uow.lock(Clock, clock_id)
        if fresh is None or fresh.next_at is None or fresh.next_at > desk.now:
            continue
        clock, steps = clocks.say_next(desk, fresh)
        if appeal.state in _SETTLED:
            continue
        if clock.kind is ClockKind.PROMISE:
            promised += 1
            await postponing.day_came(desk, appeal, clock)
            continue
        words.append(Word(appeal, clock, steps))
    await _say(desk, words, silent_since)
    return len(words) + promised


async def _say(desk: Desk, words: list[Word], silent_since: datetime | None) -> None:
    above = await _to_those_above(desk, words, silent_since)
    await _to_chats(desk, words, above, silent_since)
    for word in words:
        if word.missed:
            # A fact of the day that the deadline fell on, also when it is noticed later.
            day = local_day(desk.town.calendar, word.clock.due_at)
            desk.uow.statistics.bump(day, word.appeal.block, f"late_{word.clock.kind}")
            await notify.card(desk, word.appeal)
            _to_citizen(desk, word, known=any(clock == word.clock.id for clock, _ in above))


async def _to_chats(
    desk: Desk, words: list[Word], above: Heard, silent_since: datetime | None
) -> None:
    chats: dict[int, Chat] = {}
    said: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        chat = await notify.home(desk, word.appeal) if word.for_chat else None
        if chat is not None:
            chats[chat.id] = chat
            said[chat.id].append(word)
    for chat_id, theirs in said.items():
        late = _late(desk, theirs, silent_since)
        if silent_since is not None and len(late) >= MANY:
            await notify.in_chat(
                desk,
                chats[chat_id],
                Kind.OUTAGE,
                key=f"outage:{chat_id}:{desk.now.isoformat()}",
                priority=Priority.REMINDER,
                since=silent_since.isoformat(),
                until=desk.now.isoformat(),
                **_counts(desk, late),
            )
            theirs = [w for w in theirs if w not in late]
        for word in theirs:
            await _remind(desk, chats[chat_id], word, known=(word.clock.id, "department") in above)


def _late(desk: Desk, words: list[Word], silent_since: datetime | None) -> list[Word]:
    """What should have been said while the hub was silent; an emergency is told by itself."""
    if silent_since is None:
        return []
    ordinary = [w for w in words if w.appeal.urgency is not Urgency.EMERGENCY]
    return [w for w in ordinary if desk.now - w.steps[-1][1] > outages.LATE]


def _counts(desk: Desk, words: list[Word]) -> dict[str, Any]:
    """Cases that are overdue, due today, due later."""
    calendar = desk.town.calendar
    today = local_day(calendar, desk.now)
    overdue = {w.appeal.id for w in words if w.clock.due_at <= desk.now}
    ahead = {w.appeal.id: w.clock.due_at for w in words if w.appeal.id not in overdue}
    due_today = sum(local_day(calendar, at) == today for at in ahead.values())
    return {"overdue": len(overdue), "today": due_today, "later": len(ahead) - due_today}


async def _remind(desk: Desk, chat: Chat, word: Word, *, known: bool) -> None:
    assert word.for_chat is not None
    code = word.for_chat[0]
    urgent = word.appeal.urgency is Urgency.EMERGENCY
    await notify.in_chat(
        desk,
        chat,
        Kind.REMINDER,
        appeal=word.appeal,
        key=f"{code}:clock {word.clock.id}:{word.clock.due_at:%y%m%d%H%M}",
        priority=Priority.EMERGENCY if urgent else Priority.REMINDER,
        clock=word.clock.id,
        step=code,
        holder=await cases.holder_of(desk, word.appeal),
        known=known,
    )


async def _to_those_above(desk: Desk, words: list[Word], silent_since: datetime | None) -> Heard:
    """Everybody on the rungs that have come, each once; returns what somebody has heard of."""
    told: dict[PersonId, dict[int, tuple[Word, str]]] = defaultdict(dict)
    for word in words:
        for code, _at in word.steps:
            for person in await ladder.hearers(desk, word.appeal, code) if _rung(code) else ():
                told[person][word.clock.id] = (word, code)
    heard: Heard = set()
    for person, theirs in told.items():
        late = _late(desk, [word for word, _code in theirs.values()], silent_since)
        if silent_since is not None and len(late) >= MANY:
            reached = await notify.in_private(
                desk,
                person,
                Kind.OUTAGE,
                key=f"outage:{desk.now.isoformat()}",
                since=silent_since.isoformat(),
                until=desk.now.isoformat(),
                private=True,
                **_counts(desk, late),
            )
            heard |= {(w.clock.id, theirs[w.clock.id][1]) for w in late} if reached else set()
            theirs = {n: pair for n, pair in theirs.items() if pair[0] not in late}
        for word, code in theirs.values():
            if await _escalate(desk, person, word, code):
                heard.add((word.clock.id, code))
    return heard


def _rung(code: str) -> bool:
    return code in ladder.RUNGS


async def _escalate(desk: Desk, person: PersonId, word: Word, code: str) -> bool:
    return await notify.in_private(
        desk,
        person,
        Kind.OVERDUE,
        about=word.appeal.id,
        key=f"{code}:clock {word.clock.id}:{word.clock.due_at:%y%m%d%H%M}",
        clock=word.clock.id,
        step=code,
        next=await ladder.next_rung(desk, word.appeal, word.clock),
    )


def _to_citizen(desk: Desk, word: Word, *, known: bool) -> None:
    """Our own delay, said once and plainly, with the next date (conversations.md §1.9)."""
    if word.clock.kind is not ClockKind.ANSWER:
        return
    notify.to_citizen(
        desk,
        word.appeal,
        Kind.OWN_DELAY,
        key=f"delay:{word.clock.id}",
        clock=word.clock.id,
        known=known,
    )


@use_case
async def call_unowned(desk: Desk, *, minutes: int) -> int:
    """Tell the duty chat of cases without an owner for `minutes` of working time (invariant 9)."""
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    told = 0
    for appeal in await homeless.unowned(desk):
        if _waited(desk, appeal.registered_at) < minutes:
            continue
        # It may have been asked about, or sent to a block, and be back since a moment.
        came = since(await desk.uow.appeals.events_of(appeal.id)) or appeal.registered_at
        if _waited(desk, came) >= minutes:
            told += 1
            await notify.in_chat(
                desk,
                chat,
                Kind.UNOWNED,
                appeal=appeal,
                key=f"unowned:{appeal.id}:{came:%y%m%d%H%M%S}",
            )
    return told


def _waited(desk: Desk, moment: datetime) -> int:
    return working_minutes_between(desk.town.calendar, moment, desk.now)
