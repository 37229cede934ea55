"""What a citizen reads: the receipt, the steps of his case, the answer and its rating."""

from __future__ import annotations

from html import escape

from bot.i18n import _, current_locale
from bot.views import receipts
from bot.views.buttons import data
from bot.views.frame import MARKS, Frame, quote
from bot.views.rendered import Button, Rendered
from services import undo
from services.corrections import may_be_wrong
from services.model import Answer, Appeal, Clock, ClockState, Outcome, Rating, State
from services.policies import ClockKind, Regime
from storage.outbox import OutboxRow


async def _appeal(frame: Frame, row: OutboxRow) -> Appeal:
    assert row.appeal_id is not None
    return await frame.uow.need(Appeal, row.appeal_id)


async def _clock(frame: Frame, appeal: Appeal, *kinds: ClockKind) -> Clock | None:
    """The newest clock of these kinds."""
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    return next((c for c in reversed(clocks) if c.kind in kinds), None)


def title(appeal: Appeal) -> str:
    """The state in a word with its mark, and the number."""
    titles = {
        State.NEW: _("Received"),
        State.ASSIGNED: _("Received"),
        State.RETURNING: _("Received"),
        State.IN_PROGRESS: _("Being worked on"),
        State.WAITING_CITIZEN: _("Waiting for your answer"),
        State.POSTPONED: _("Put off to a date"),
        State.REVIEW: _("Being worked on"),
        State.ANSWERED: _("Answered"),
        State.REOPENED: _("Open again"),
        State.DISPUTED: _("Being decided"),
        State.MERGED: _("Part of a larger problem"),
        State.REJECTED: _("Closed"),
        State.CLOSED: _("Closed"),
    }
    # The citizen needs no word for our own checking: for him it is still being worked on.
    mark = MARKS[State.IN_PROGRESS if appeal.state is State.REVIEW else appeal.state]
    word = titles[appeal.state]
    if appeal.state is State.ASSIGNED and appeal.reopened:
        mark, word = MARKS[State.REOPENED], _("Open again")
    if appeal.outcome is Outcome.NO_FEEDBACK:
        word = _("Closed without a rating")
    number = _("No. {number}", number=appeal.id)
    return f"{mark} <b>{word}, {number}</b>"


async def receipt(frame: Frame, row: OutboxRow) -> Rendered:
    """The receipt, in the present state of the case."""
    appeal = await _appeal(frame, row)
    lines = [title(appeal), ""]
    lines.append(_("We understood: {what}", what=frame.essence(appeal)))
    lines.append(receipts.where(appeal))
    lines += await receipts.attached(frame, appeal)
    lines.append(receipts.handled_by(frame, appeal))
    lines += await _promises(frame, appeal)
    if row.ref.get("asks") == "department" and may_be_wrong(appeal):
        asked, options = receipts.department(frame, appeal)
        return Rendered("\n".join([*lines, "", asked]), options, silent=True)
    if appeal.answered_at is None and appeal.state is not State.CLOSED:
        lines += ["", _("The answer comes here. Not right? Correct it.")]
    return Rendered("\n".join(lines), receipts.buttons(appeal), silent=True)


async def _promises(frame: Frame, appeal: Appeal) -> list[str]:
    lines = []
    reaction = await _clock(frame, appeal, ClockKind.REACTION)
    if reaction is not None and reaction.state is ClockState.RUNNING and not appeal.taken_at:
        lines.append(receipts.picked_up(frame, reaction))
    answer = await _clock(frame, appeal, ClockKind.ANSWER, ClockKind.FIX)
    if answer is None or answer.state in (ClockState.MET, ClockState.CANCELLED):
        return lines
    if answer.state is ClockState.PAUSED:
        return [*lines, _("The clock is stopped while we wait for you")]
    due = frame.moment(answer.due_at)
    if answer.kind is ClockKind.FIX:
        return [*lines, _("Fixed by <b>{moment}</b>", moment=due)]
    return [*lines, _("Answer by <b>{moment}</b>", moment=due)]


async def taken(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Somebody works on it: once, silent; dropped when the taking was undone or is old news."""
    appeal = await _appeal(frame, row)
    events = await frame.uow.appeals.events_of(appeal.id)
    if appeal.answered_at is not None or undo.is_undone(events, row.ref["seq"]):
        return None
    if appeal.state in (State.CLOSED, State.DISPUTED):
        return None
    text = _(
        "🔧 No. {number} is being worked on: {block}.",
        number=appeal.id,
        block=escape(frame.block(appeal.block)),
    )
    return Rendered(text, silent=True)


async def reply_passed(frame: Frame, row: OutboxRow) -> Rendered:
    """The citizen answered: his new date."""
    appeal = await _appeal(frame, row)
    clock = await _clock(frame, appeal, ClockKind.ANSWER, ClockKind.FIX)
    if clock is None or appeal.regime is Regime.LAW59:
        return Rendered(_("Passed on."), silent=True)
    text = _(
        "Passed on. New date: <b>{moment}</b>, we added the time we waited.",
        moment=frame.moment(clock.due_at),
    )
    return Rendered(text, silent=True)


async def added(_frame: Frame, row: OutboxRow) -> Rendered:
    """More words joined the case."""
    return Rendered(_("Added to No. {number}.", number=row.appeal_id), silent=True)


async def answer(frame: Frame, row: OutboxRow) -> Rendered:
    """The answer, then the questions about it, in one message."""
    appeal = await _appeal(frame, row)
    found = await frame.uow.need(Answer, row.ref["answer"])
    rating = await frame.uow.appeals.rating_of(found.id)
    signature = escape(frame.block(appeal.block))
    if found.photos:
        signature += ". " + _("Photos are below.")
    lines = [
        _("✅ <b>Answer to No. {number}</b>", number=appeal.id),
        *([_("Answer in Russian:")] if current_locale() == "en" else []),
        quote(found.text),
        f"<i>{signature}</i>",
        "",
    ]
    asked, buttons = await _rating(frame, appeal, found, rating)
    return Rendered("\n".join([*lines, asked]), buttons)


async def _rating(
    frame: Frame, appeal: Appeal, answer_: Answer, rating: Rating | None
) -> tuple[str, tuple[tuple[Button, ...], ...]]:
    """The next question about an answer and its buttons."""
    here = (appeal.id, answer_.id)
    if rating is None:
        labels = ((_("Solved"), "y"), (_("Partly"), "p"), (_("Not solved"), "n"))
        row = tuple(Button(text, data("c1", "out", *here, code)) for text, code in labels)
        return _("Did it work?"), (row,)
    said = {
        "y": _("You answered: solved."),
        "p": _("You answered: partly."),
        "n": _("You answered: not solved."),
    }[rating.verdict]
    if rating.verdict == "n" and rating.reason is None and rating.mark is None:
        reasons = (
            ((_("Nothing was done"), "none"), (_("Done badly"), "bad")),
            ((_("Beside the point"), "off"), (_("Broke again"), "again")),
        )
        rows = tuple(
            tuple(Button(text, data("c1", "why_n", *here, code)) for text, code in pair)
            for pair in reasons
        )
        return said + "\n" + _("What is wrong?"), rows
    if rating.verdict == "p" and await frame.uow.appeals.child_of(appeal.id) is None:
        # First what is left, then the mark: a star must not take the question's place.
        return said, ()
    if rating.mark is None:
        stars = tuple(Button(str(n), data("c1", "csi", *here, n)) for n in range(1, 6))
        return said + "\n" + _("How did we do?"), (stars,)
    thanks = _("Thank you, you gave us {mark}. Anything to add? Just write.", mark=rating.mark)
    return f"{said}\n{thanks}", ()


async def rest_asked(_frame: Frame, row: OutboxRow) -> Rendered:
    """After «Частично»."""
    return Rendered(
        _("What is left of No. {number}? Write it in one message.", number=row.appeal_id)
    )


async def child_made(frame: Frame, row: OutboxRow) -> Rendered:
    """The rest has a case of its own."""
    appeal = await _appeal(frame, row)
    clock = await _clock(frame, appeal, ClockKind.ANSWER, ClockKind.FIX)
    assert clock is not None
    text = _(
        "🆕 The rest is a case of its own: No. {number}, continued from No. {parent}. "
        "Answer by <b>{moment}</b>.",
        number=appeal.id,
        parent=appeal.parent_id,
        moment=frame.moment(clock.due_at),
    )
    return Rendered(text)


async def reopened(frame: Frame, row: OutboxRow) -> Rendered:
    """Back to work, half the time."""
    appeal = await _appeal(frame, row)
    clock = await _clock(frame, appeal, ClockKind.ANSWER, ClockKind.FIX)
    assert clock is not None
    text = _(
        "↩️ No. {number} is open again. Half the time now: by <b>{moment}</b>. "
        "The deputy head knows. Send a photo if you can.",
        number=appeal.id,
        moment=frame.moment(clock.due_at),
    )
    return Rendered(text)


async def disputed(_frame: Frame, row: OutboxRow) -> Rendered:
    """The third return."""
    return Rendered(
        _(
            "⚖️ No. {number} is returned for the third time. Now the head of the centre decides, "
            "not the department that answered.",
            number=row.appeal_id,
        )
    )


async def decided(frame: Frame, row: OutboxRow) -> Rendered:
    """What the head of МЦУ decided."""
    appeal = await _appeal(frame, row)
    if not row.ref["back"]:
        return Rendered(
            _(
                "⚖️ No. {number}: we looked into it. The department's answer stands.",
                number=appeal.id,
            )
        )
    clock = await _clock(frame, appeal, ClockKind.ANSWER, ClockKind.FIX)
    assert clock is not None
    return Rendered(
        _(
            "⚖️ No. {number}: we looked into it. Back to work, by <b>{moment}</b>.",
            number=appeal.id,
            moment=frame.moment(clock.due_at),
        )
    )


async def comment_passed(_frame: Frame, _row: OutboxRow) -> Rendered:
    """Words to a rating."""
    return Rendered(_("Passed on to those who answered."), silent=True)
