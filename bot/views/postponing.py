"""A postponed case: to the citizen, on the promised day (conversations.md §1.9, §2.10)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _, current_locale
from bot.views import moments
from bot.views.cards import under
from bot.views.frame import Frame, quote
from bot.views.media import lie_below, of_answer
from bot.views.postponed_words import promise_of, until
from bot.views.rendered import Button, Rendered, Rows
from services.button_data import data
from services.model import Answer, AnswerState, Appeal, Clock, ClockState
from services.wire import cut
from storage.outbox import OutboxRow

WHY = 300
"""Units of the words inside a sentence."""


def _day(frame: Frame, at: datetime) -> str:
    """«чт, 10 декабря» in the town."""
    return moments.day(at.astimezone(frame.town.calendar.zone).date())


async def interim(frame: Frame, row: OutboxRow) -> Rendered:
    """To the citizen: what was done and the promised day, or the day that moves."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    answer = await frame.uow.need(Answer, row.ref["answer"])
    assert answer.until is not None
    buttons = (
        Button(_("Add more"), data("c1", "add", appeal.id)),
        Button(_("Why this date"), data("c1", "why", appeal.id)),
    )
    day = _day(frame, answer.until)
    if row.ref["before"] is not None:
        return Rendered(await _moved(frame, row, appeal, answer, day), (buttons,))
    signature = escape(frame.block(appeal.block))
    if files := await of_answer(frame, answer):
        signature += ". " + lie_below(files)
    lines = [
        _("📅 <b>No. {number}: so far</b>", number=appeal.id),
        *([_("Answer in Russian:")] if current_locale() == "en" else []),
        quote(answer.text),
        _("We'll fix it by <b>{day}</b> and write to you that day.", day=day),
        f"<i>{signature}</i>",
    ]
    return Rendered("\n".join(lines), (buttons,))


async def _moved(frame: Frame, row: OutboxRow, appeal: Appeal, answer: Answer, day: str) -> str:
    before = await frame.uow.need(Answer, row.ref["before"])
    assert before.until is not None
    why = cut(answer.text, WHY).rstrip(".")
    text = _(
        "📅 No. {number}: we can't make it by {before}. {why}. New date: <b>{day}</b>.",
        number=appeal.id,
        before=moments.day_month(before.until.astimezone(frame.town.calendar.zone).date()),
        why=escape(why[:1].upper() + why[1:]),
        day=day,
    )
    if row.ref["allowed"]:
        block = escape(frame.block(appeal.block))
        text += " " + _("Allowed by whoever is responsible for «{block}».", block=block)
    return text


async def promise_day(frame: Frame, row: OutboxRow) -> Rendered | None:
    """09:00 of the promised day, to the holder under the card; silent once it was kept."""
    clock = await frame.uow.need(Clock, row.ref["clock"])
    if clock.state is not ClockState.RUNNING:
        return None
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    answer = await promise_of(frame, appeal)
    holder = row.ref["holder"]
    name = await frame.mention(holder, row.channel) + ", " if holder else ""
    text = name + _("today is the promised day of No. {number}", number=row.appeal_id)
    if answer is not None:
        text += f": «{escape(cut(answer.text, WHY))}»"
    return Rendered(text, reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"))


async def preview(frame: Frame, row: OutboxRow, appeal: Appeal, answer: Answer) -> Rendered:
    """The bot's reply to an interim answer: where it is on its way."""
    number, day = appeal.id, until(frame, answer)
    words = {
        AnswerState.WAITING: _("waiting for a decision"),
        AnswerState.REVIEW: _("being checked"),
        AnswerState.PASSED: _("sent to the citizen"),
        AnswerState.RETURNED: _("sent back"),
        AnswerState.NOTE: _("kept as a note"),
        AnswerState.DRAFT: _("not sent yet"),
        AnswerState.RECALLED: _("taken back"),
    }
    head = _("Interim answer to No. {number}, until {day}", number=number, day=day)
    lines = [f"<b>{head}: {words[answer.state]}</b>"]
    buttons: Rows = ()
    if answer.state is AnswerState.DRAFT:
        # Taken back from the checker: the words may be edited and sent again.
        lines.append(quote(answer.text, folded=True))
        send = Button(_("Send"), data("m1", "send", number, answer.id))
        buttons = ((send, Button(_("Not an answer"), data("m1", "note", number, answer.id))),)
    return Rendered(
        "\n".join(lines),
        buttons,
        reply_to=row.ref.get("reply_to") or await under(frame, f"card:{number}:{row.chat_id}"),
        silent=True,
        owner=answer.author_id,
    )
