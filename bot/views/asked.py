"""A question in words: to the citizen with its buttons, after days of silence, on the card."""

from __future__ import annotations

from collections.abc import Callable

from bot.i18n import _, current_locale
from bot.views.frame import Frame, quote
from bot.views.rendered import Button, Rendered
from services import questions
from services.button_data import data
from services.lifecycle import Action
from services.model import Appeal, Event, EventText, State
from services.policies import Regime
from storage.outbox import OutboxRow

QUICK: dict[str, Callable[[], str]] = {
    "addr": lambda: _(
        "What is the exact address? The street and the house, the entrance or a landmark."
    ),
    "photo": lambda: _("Can you send a photo of the place? We will see sooner what to mend."),
    "what": lambda: _("What exactly happened? A couple of words will do."),
    "when": lambda: _("When did it happen, and does it still go on?"),
}


async def words(frame: Frame, event: Event) -> str:
    """What was asked, as plain text in the reader's language."""
    if event.word in QUICK:
        return QUICK[event.word]()
    kept = await frame.uow.get(EventText, event.id)
    return kept.text if kept else ""


async def open_question(frame: Frame, appeal: Appeal) -> str:
    """What the citizen is being asked now."""
    asked = questions.newest(await frame.uow.appeals.events_of(appeal.id))
    return await words(frame, asked) if asked else ""


async def _was_answered(frame: Frame, appeal: Appeal, asked: Event) -> bool:
    """The citizen replied to it; else it was withdrawn, or answered without him."""
    later = [e for e in await frame.uow.appeals.events_of(appeal.id) if e.seq > asked.seq]
    ends = (Action.REPLY, Action.UNASK, Action.SUBMIT, Action.ASK)
    return next((e.action == Action.REPLY for e in later if e.action in ends), False)


async def _asked(frame: Frame, row: OutboxRow) -> tuple[Appeal, Event | None, bool]:
    """The appeal, the question of the notice, and whether it is still open."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    events = await frame.uow.appeals.events_of(appeal.id)
    event = next((e for e in events if e.seq == row.ref["asked"]), None)
    newest = questions.newest(events)
    is_open = appeal.state is State.WAITING_CITIZEN and newest is not None and newest == event
    return appeal, event, is_open


async def question(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The executor asks; dropped when it was withdrawn before it left."""
    appeal, event, is_open = await _asked(frame, row)
    stands = row.anchor is not None and await frame.uow.screens.anchored(row.anchor) is not None
    if event is None or not (is_open or stands):
        return None
    head = _("💬 <b>A question about No. {number}</b>", number=appeal.id)
    own = current_locale() == "en" and event.word not in QUICK
    lines = [head, *([_("Question in Russian:")] if own else []), quote(await words(frame, event))]
    if not is_open:
        answered = await _was_answered(frame, appeal, event)
        said = _("You answered.") if answered else _("No answer is needed any more.")
        return Rendered("\n".join([*lines, said]))
    if appeal.regime is Regime.LAW59:
        lines.append(_("Just reply here, a photo helps."))
    else:
        lines.append(
            _("Just reply here, a photo helps. The clock is stopped while we wait for you.")
        )
    buttons = (
        Button(_("I don't know"), data("c1", "dunno", appeal.id, event.seq)),
        Button(_("I'll answer later"), data("c1", "later", appeal.id, event.seq)),
    )
    return Rendered("\n".join(lines), (buttons,))


async def by_phone(frame: Frame, row: OutboxRow) -> str | None:
    """The words alone, to be asked by phone; None when it was withdrawn before anybody was told."""
    _appeal, event, is_open = await _asked(frame, row)
    stands = row.anchor is not None and await frame.uow.screens.anchored(row.anchor) is not None
    return await words(frame, event) if event is not None and (is_open or stands) else None


async def waits(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Day 2, silent, with the easy way out; day 5: somebody decides without the citizen."""
    appeal, event, is_open = await _asked(frame, row)
    if event is None or not is_open:
        return None
    if row.ref["over"]:
        return Rendered(
            _(
                "💬 No. {number}: there was no answer. The officer on duty will decide whether "
                "we can do without it, and we'll write to you.",
                number=appeal.id,
            )
        )
    text = _(
        "💬 We are still waiting for your answer about No. {number}. If it is hard to say, "
        "press «I don't know».",
        number=appeal.id,
    )
    button = Button(_("I don't know"), data("c1", "dunno", appeal.id, event.seq))
    return Rendered(text, ((button,),), silent=True)
