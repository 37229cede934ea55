"""The quality card with its six boxes, and what a checker's return says (§2.9)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _
from bot.views.cards import under
from bot.views.drafts import found_in, hint_words, outcome_word
from bot.views.frame import Frame, quote, urgency_word
from bot.views.media import in_words, of_answer
from bot.views.postponed_words import until
from bot.views.rendered import Button, Rendered, Rows
from services import checklist
from services.button_data import data
from services.model import Answer, AnswerState, Appeal, Outcome
from storage.outbox import OutboxRow


async def _pair(frame: Frame, row: OutboxRow) -> tuple[Appeal, Answer]:
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    return appeal, await frame.uow.need(Answer, row.ref["answer"])


def _box_word(box: int) -> str:
    return {
        1: _("To the point"),
        2: _("Date"),
        3: _("Who"),
        4: _("Address"),
        5: _("Photo"),
        6: _("Tone"),
    }[box]


def fault_word(code: str) -> str:
    """An error of domain.md §4 in words."""
    return {
        "E01": _("a brush-off"),
        "E02": _("no date"),
        "E03": _("nobody named"),
        "E04": _("another address"),
        "E05": _("not all answered"),
        "E06": _("no photo"),
        "E07": _("officialese"),
        "E08": _("rude"),
    }[code]


def _faults(answer: Answer) -> str:
    return ", ".join(f"{fault_word(code)} ({code})" for code in checklist.marked(answer))


async def quality(frame: Frame, row: OutboxRow) -> Rendered:
    """The card of an answer that waits for a second pair of eyes."""
    appeal, answer = await _pair(frame, row)
    number = _("No. {number}", number=appeal.id)
    checker = await frame.name(answer.checker_id)
    if answer.state is AnswerState.PASSED:
        full, all_ = len(checklist.ticked(answer)), len(checklist.BOXES)
        if not full:
            return Rendered(_("✅ {number} passed, {name}", number=number, name=checker))
        return Rendered(
            _(
                "✅ {number} passed, {n} of {all}, {name}",
                number=number,
                n=full,
                all=all_,
                name=checker,
            )
        )
    if answer.state is AnswerState.RETURNED:
        said = _said(answer)
        return Rendered(
            _("🔧 {number} sent back, {name}: {said}", number=number, name=checker, said=said)
        )
    if answer.state is AnswerState.NOTE:
        # Its case ended while it waited: withdrawn by the citizen, or ended from above.
        return Rendered(_("▫️ {number} is over, there is nothing to check", number=number))
    if answer.state is not AnswerState.REVIEW:
        return Rendered(_("🔎 {number}: taken back by its author", number=number))
    return Rendered(await _text(frame, appeal, answer), _buttons(appeal, answer))


def _said(answer: Answer) -> str:
    remark = f"«{escape(answer.remark or '')}»"
    faults = _faults(answer)
    return f"{faults}. {remark}" if faults else remark


async def _text(frame: Frame, appeal: Appeal, answer: Answer) -> str:
    due = checklist.check_by(frame.town, appeal, answer)
    author = await frame.name(answer.author_id)
    found = found_in(frame, appeal, answer)
    hint = "; ".join(hint_words(h) for h in found) if found else _("no remarks")
    files = await of_answer(frame, answer)
    advice = []
    if answer.outcome is Outcome.REFUSED:
        advice = [_("What the citizen can do: {advice}", advice=escape(answer.advice or ""))]
    lines = [
        _(
            "🔎 <b>No. {number} · check by {moment}</b>",
            number=appeal.id,
            moment=_moment(frame, due),
        )
        + " · "
        + urgency_word(appeal.urgency)
        + " · "
        + _("author {name}", name=author),
        _("Asked:"),
        quote(appeal.text or frame.essence(appeal), folded=True, limit=600),
        _answered(frame, answer),
        # The hint and the boxes must fit under the longest answer.
        quote(answer.text, limit=2400),
        *advice,
        *([_("Below, «after»: {files}", files=in_words(files))] if files else []),
        _("Hint: {hint}", hint=hint),
        _("Tick what is there:"),
    ]
    return "\n".join(lines)


def _answered(frame: Frame, answer: Answer) -> str:
    if answer.until is not None:
        return _("Interim answer, until <b>{day}</b>:", day=until(frame, answer))
    return _("Answered ({outcome}):", outcome=outcome_word(answer.outcome).lower())


def _moment(frame: Frame, due: datetime | None) -> str:
    if due is None:
        return "—"
    zone = frame.town.calendar.zone
    same = due.astimezone(zone).date() == frame.now.astimezone(zone).date()
    return frame.hour(due) if same else frame.short(due)


def _buttons(appeal: Appeal, answer: Answer) -> Rows:
    here = (appeal.id, answer.id)
    full = checklist.ticked(answer)
    boxes = [
        Button(f"{'☑' if n in full else '☐'} {_box_word(n)}", data("q1", "c", *here, n))
        for n in checklist.BOXES
    ]
    decisions = (
        Button(_("Let pass"), data("q1", "ok", *here)),
        Button(_("Send back"), data("q1", "back", *here)),
    )
    return (tuple(boxes[:3]), tuple(boxes[3:]), decisions)


async def sent_back(frame: Frame, row: OutboxRow) -> Rendered:
    """The checker's words to the holder, with a sound, under the block's card."""
    appeal, answer = await _pair(frame, row)
    return Rendered(
        _(
            "🔧 Sent back No. {number}: {said} — {name}",
            number=appeal.id,
            said=_said(answer),
            name=await frame.mention(answer.author_id, row.channel),
        ),
        reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"),
    )


async def third_return(frame: Frame, row: OutboxRow) -> Rendered:
    """To the deputy: checkers have sent a case back three times."""
    appeal, answer = await _pair(frame, row)
    return Rendered(
        _(
            "🔧 No. {number}: the answer was sent back for the third time, {name} holds it. "
            "{what}. {said}",
            number=appeal.id,
            name=await frame.name(answer.author_id),
            what=frame.essence(appeal),
            said=_said(answer),
        )
    )


async def check_late(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The time for a check is over; silent, and only while it still waits."""
    appeal, answer = await _pair(frame, row)
    if answer.state is not AnswerState.REVIEW:
        return None
    return Rendered(
        _("⏰ No. {number}: the check is late.", number=appeal.id),
        reply_to=await under(frame, f"quality:{answer.id}:{row.chat_id}"),
        silent=True,
    )
