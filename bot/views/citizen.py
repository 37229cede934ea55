"""What a citizen reads: the receipt, the steps of his case, the answer and its rating."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _
from bot.views import problem_lines, receipts, same_here
from bot.views.additions import same_as
from bot.views.frame import MARKS, Frame, mark_of
from bot.views.rendered import Rendered
from services import undo
from services.corrections import may_be_wrong
from services.model import Appeal, Clock, ClockState, Outcome, Problem, State
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
    mark = MARKS[State.IN_PROGRESS] if appeal.state is State.REVIEW else mark_of(appeal)
    word = titles[appeal.state]
    if appeal.state is State.ASSIGNED and appeal.reopened:
        word = _("Open again")
    if appeal.outcome is Outcome.NO_FEEDBACK:
        word = _("Closed without a rating")
    number = _("No. {number}", number=appeal.id)
    return f"{mark} <b>{word}, {number}</b>"


async def receipt(frame: Frame, row: OutboxRow) -> Rendered:
    """The receipt, in the present state of the case."""
    appeal = await _appeal(frame, row)
    lines = [title(appeal), ""]
    lines.append(_("We understood: {what}", what=frame.essence(appeal)))
    lines.append(receipts.where(frame, appeal))
    if appeal.beside_id is not None and appeal.outcome is not Outcome.DUPLICATE:
        lines.append(_("Apart from No. {number}", number=appeal.beside_id))
    lines += await receipts.attached(frame, appeal)
    lines.append(receipts.handled_by(frame, appeal))
    lines += await _promises(frame, appeal)
    if appeal.edited_at is not None:
        seen = frame.hour(appeal.edited_at)
        lines += [f"<i>{_('Your edit was taken in at {moment}', moment=seen)}</i>"]
    if row.ref.get("asks") == "department" and may_be_wrong(appeal):
        asked, options = receipts.department(frame, appeal)
        return Rendered("\n".join([*lines, "", asked]), options, silent=True)
    same = await same_here.open_in_receipt(frame, appeal)
    if same is not None:
        asked_too, choice = same
        text = "\n".join([*lines, "", *asked_too])
        return Rendered(text, (choice, *receipts.buttons(appeal)), data=same_here.ASKED)
    if appeal.outcome is Outcome.DUPLICATE:
        lines += ["", _("It is all in No. {number} now.", number=appeal.beside_id)]
    elif appeal.answered_at is None and appeal.state is not State.CLOSED:
        lines += ["", _("The answer comes here. Not right? Correct it.")]
    buttons = receipts.buttons(appeal) + await same_as(frame, appeal)
    return Rendered("\n".join(lines), buttons, silent=True)


async def _promises(frame: Frame, appeal: Appeal) -> list[str]:
    if appeal.state is State.MERGED and appeal.problem_id is not None:
        problem = await frame.uow.need(Problem, appeal.problem_id)
        promised = await problem_lines.due(frame, await frame.uow.need(Appeal, problem.lead_id))
        return [promised] if promised else []
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
    """Somebody works on it: once, silent; dropped when the taking was undone or is old news.

    An accepted emergency sounds: nothing there can be taken back.
    """
    appeal = await _appeal(frame, row)
    if row.ref.get("accepted"):
        text = _(
            "🚨 No. {number}: the officer on duty accepted it at {moment} and passed it to the "
            "emergency service. If it gets worse, call 112.",
            number=appeal.id,
            moment=frame.hour(datetime.fromisoformat(row.ref["accepted"])),
        )
        return Rendered(text)
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
    if row.ref["moved"]:
        text = _("Passed on. New date: <b>{moment}</b>, we added the time we waited.")
    else:
        text = _("Passed on. The date stays: <b>{moment}</b>.")
    return Rendered(text.format(moment=frame.moment(clock.due_at)), silent=True)


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
    if row.ref.get("why") == "unclear":
        moment = frame.moment(clock.due_at)
        return Rendered(
            _(
                "↩️ Passed on. No. {number}: we will explain it more simply by <b>{moment}</b>.",
                number=appeal.id,
                moment=moment,
            )
        )
    text = _(
        "↩️ No. {number} is open again. Half the time now: by <b>{moment}</b>. "
        "The deputy head knows. Send a photo if you can.",
        number=appeal.id,
        moment=frame.moment(clock.due_at),
    )
    return Rendered(text)


async def comment_passed(_frame: Frame, _row: OutboxRow) -> Rendered:
    """Words to a rating."""
    return Rendered(_("Passed on to those who answered."), silent=True)


async def joined(frame: Frame, row: OutboxRow) -> Rendered:
    """His second message about the same thing: the answer comes under the first number."""
    other = await frame.uow.need(Appeal, row.ref["other"])
    text = _(
        "No. {number} was joined with No. {other}: they are about the same thing.",
        number=row.appeal_id,
        other=other.id,
    )
    clock = await _clock(frame, other, ClockKind.ANSWER, ClockKind.FIX)
    if clock is not None and clock.state is not ClockState.PAUSED:
        due = frame.moment(clock.due_at)
        text += " " + _("The answer comes by <b>{moment}</b>.", moment=due)
    return Rendered(text)
