"""Under a card: drafts, prompts, what the checker and the citizen said; the quality card."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views import postponing
from bot.views.buttons import data
from bot.views.cards import under
from bot.views.frame import Frame, point, quote, urgency_word
from bot.views.postponed_words import until
from bot.views.rendered import Button, Rendered, Rows
from services.model import Answer, AnswerState, Appeal, AppealId, Outcome, State
from services.policies import ClockKind
from services.work import DRAFT_OUTCOMES
from storage.outbox import OutboxRow


async def _pair(frame: Frame, row: OutboxRow) -> tuple[Appeal, Answer]:
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    return appeal, await frame.uow.need(Answer, row.ref["answer"])


def outcome_word(outcome: Outcome) -> str:
    """How an answer ends, in a word that fits a button."""
    return {
        Outcome.SOLVED: _("Solved"),
        Outcome.PARTLY: _("Partly"),
        Outcome.EXPLAINED: _("Explained"),
    }[outcome]


async def draft(frame: Frame, row: OutboxRow) -> Rendered:
    """The bot's reply to a draft, before anything leaves."""
    appeal, answer = await _pair(frame, row)
    if answer.until is not None:
        return await postponing.preview(frame, row, appeal, answer)
    number = _("No. {number}", number=appeal.id)
    heads = {
        AnswerState.DRAFT: _("Answer to {number}, not sent yet", number=number),
        AnswerState.REVIEW: _("Answer to {number}: being checked", number=number),
        AnswerState.PASSED: _("Answer to {number}: sent to the citizen", number=number),
        AnswerState.RETURNED: _("Answer to {number}: sent back", number=number),
        AnswerState.NOTE: _("Note to {number}", number=number),
        AnswerState.RECALLED: _("Answer to {number}: taken back", number=number),
    }
    lines = [f"<b>{heads[answer.state]}</b>"]
    if answer.state in (AnswerState.DRAFT, AnswerState.NOTE):
        lines.append(quote(answer.text, folded=True))
    if answer.state is AnswerState.DRAFT:
        lines.append(_("What is the outcome?"))
        if _photo_missing(frame, appeal, answer):
            lines.append(_("No photo «after»: this topic needs one for «solved»."))
    return Rendered(
        "\n".join(lines),
        _draft_buttons(appeal, answer) if answer.state is AnswerState.DRAFT else (),
        reply_to=row.ref.get("reply_to"),
        silent=True,
        owner=answer.author_id,
    )


def _photo_missing(frame: Frame, appeal: Appeal, answer: Answer) -> bool:
    topic = frame.town.topics.get(appeal.topic or "")
    return topic is not None and topic.evidence and not answer.photos


def _draft_buttons(appeal: Appeal, answer: Answer) -> Rows:
    here = (appeal.id, answer.id)
    outcomes = tuple(
        Button(
            f"{'☑' if outcome is answer.outcome else '☐'} {outcome_word(outcome)}",
            data("m1", "outcome", *here, outcome),
        )
        for outcome in DRAFT_OUTCOMES
    )
    return (
        outcomes,
        (Button(_("Send for checking"), data("m1", "send", *here)),),
        (
            Button(_("It is a note"), data("m1", "note", *here)),
            Button(_("Ask the citizen"), data("m1", "ask", *here)),
        ),
    )


async def quality(frame: Frame, row: OutboxRow) -> Rendered:
    """The card of an answer that waits for a second pair of eyes."""
    appeal, answer = await _pair(frame, row)
    number = _("No. {number}", number=appeal.id)
    checker = await frame.name(answer.checker_id)
    if answer.state is AnswerState.PASSED:
        return Rendered(_("✅ {number} passed, {name}", number=number, name=checker))
    if answer.state is AnswerState.RETURNED:
        return Rendered(
            _(
                "🔧 {number} sent back, {name}: «{remark}»",
                number=number,
                name=checker,
                remark=escape(answer.remark or ""),
            )
        )
    author = await frame.name(answer.author_id)
    if answer.state is AnswerState.RECALLED:
        return Rendered(_("🔧 {number}: {name} took the answer back", number=number, name=author))
    lines = [
        _("🔎 <b>{number} · check the answer</b>", number=number)
        + f" · {urgency_word(appeal.urgency)}",
        _("Author: {name} · {block}", name=author, block=escape(frame.block(appeal.block))),
        _("Asked:"),
        quote(appeal.text or frame.essence(appeal), folded=True, limit=600),
        _answered(frame, answer),
        quote(answer.text),
    ]
    if answer.photos:
        lines.append(_("Photos: {n}", n=answer.photos))
    buttons = (
        Button(_("Let pass"), data("q1", "ok", appeal.id, answer.id)),
        Button(_("Send back"), data("q1", "back", appeal.id, answer.id)),
    )
    return Rendered("\n".join(lines), (buttons,))


def _answered(frame: Frame, answer: Answer) -> str:
    if answer.until is not None:
        return _("Interim answer, until <b>{day}</b>:", day=until(frame, answer))
    return _("Answered ({outcome}):", outcome=outcome_word(answer.outcome).lower())


async def sent_back(frame: Frame, row: OutboxRow) -> Rendered:
    """The checker's words to the holder."""
    name = await frame.name(row.ref["holder"])
    return Rendered(
        _(
            "🔧 {name}, No. {number} was sent back: «{remark}»",
            name=name,
            number=row.appeal_id,
            remark=escape(row.ref["remark"]),
        ),
        reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"),
    )


async def citizen_replied(frame: Frame, row: OutboxRow) -> Rendered:
    """The citizen's further words under the card: an answer sounds, an addition is silent."""
    answer = row.ref["answer"]
    if row.ref.get("comment"):
        head = _("The citizen about the answer:")
    else:
        head = _("💬 The citizen answered:") if answer else _("The citizen added:")
    words = quote(row.ref["text"]) if row.ref["text"] else ""
    if row.ref.get("not_known"):
        head, words = _("💬 The citizen answered: doesn't know."), ""
    place, files = row.ref.get("place"), row.ref.get("files")
    lines = [
        head,
        words,
        _("Point on the map: {point}", point=point(*place)) if place else "",
        _("Files: {n}", n=files) if files else "",
        await _new_date(frame, row) if answer else "",
    ]
    return Rendered(
        "\n".join(line for line in lines if line),
        reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"),
        silent=not answer,
    )


async def _new_date(frame: Frame, row: OutboxRow) -> str:
    """The deadline as it stands after the wait."""
    clocks = await frame.uow.appeals.clocks_of(AppealId(row.appeal_id or 0))
    kinds = (ClockKind.ANSWER, ClockKind.FIX)
    clock = next((c for c in reversed(clocks) if c.kind in kinds), None)
    if clock is None or clock.stopped_at is not None:
        return ""
    return _("Deadline: {moment}", moment=frame.short(clock.due_at))


async def citizen_silent(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Five days without an answer to a question."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    if appeal.state is not State.WAITING_CITIZEN:
        return None
    return Rendered(
        _(
            "💬 No. {number}: no answer to the question for five days. Can it be done without? "
            "Withdraw the question and answer.",
            number=appeal.id,
        ),
        reply_to=await _card_or_triage(frame, row),
    )


async def _card_or_triage(frame: Frame, row: OutboxRow) -> str | None:
    for anchor in (f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}"):
        posted = await frame.uow.screens.anchored(anchor)
        if posted is not None and posted.chat_id == row.chat_id:
            return posted.external_id
    return None


async def citizen_returned(frame: Frame, row: OutboxRow) -> Rendered:
    """Not solved, says the citizen: under the card, and to the deputy."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    due = frame.short(clocks[-1].due_at)
    text = _(
        "↩️ No. {number} was returned by the citizen: {what}. New date {moment}.",
        number=appeal.id,
        what=frame.essence(appeal),
        moment=due,
    )
    reply = await under(frame, f"card:{row.appeal_id}:{row.chat_id}")
    return Rendered(text, reply_to=reply)


async def dispute(frame: Frame, row: OutboxRow) -> Rendered:
    """The third return, to the head of МЦУ."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    answer = await frame.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    lines = [
        _("⚖️ <b>No. {number}: returned for the third time, you decide</b>", number=appeal.id),
        frame.essence(appeal) + " · " + escape(frame.block(appeal.block)),
        quote(appeal.text, folded=True, limit=600),
        *([_("Answered:"), quote(answer.text, folded=True)] if answer else []),
    ]
    buttons = (
        Button(_("Back to work"), data("d1", "disp", appeal.id, "back")),
        Button(_("Keep the answer"), data("d1", "disp", appeal.id, "keep")),
    )
    return Rendered("\n".join(lines), (buttons,))
