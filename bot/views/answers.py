"""The answer as the citizen reads it, and the questions about it, in one message (§1.10, §1.11)."""

from __future__ import annotations

from html import escape

from bot.i18n import _, current_locale
from bot.views.additions import other_matter
from bot.views.cards import under
from bot.views.frame import Frame, quote
from bot.views.media import lie_below, of_answer
from bot.views.rendered import Button, Rendered, Rows
from services import feedback
from services.button_data import data
from services.clarity import CLEAR, DISPUTED, UNCLEAR
from services.model import Answer, Appeal, Outcome, Rating, State, Utterance
from storage.outbox import OutboxRow


async def answer(frame: Frame, row: OutboxRow) -> Rendered:
    """The answer, then the next question about it."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    found = await frame.uow.need(Answer, row.ref["answer"])
    if found.outcome is Outcome.REFUSED:
        return _refusal(appeal, found, row.ref.get("said"))
    signature = escape(frame.block(appeal.block))
    if files := await of_answer(frame, found):
        signature += ". " + lie_below(files)
    lines = [
        _("✅ <b>Answer to No. {number}</b>", number=appeal.id),
        *_in_russian(),
        quote(found.text),
        f"<i>{signature}</i>",
        "",
    ]
    asked, buttons = await _next(frame, appeal, found)
    return Rendered("\n".join([*lines, asked]).rstrip(), buttons)


def _in_russian() -> list[str]:
    return [_("Answer in Russian:")] if current_locale() == "en" else []


def _refusal(appeal: Appeal, found: Answer, said: str | None) -> Rendered:
    lines = [
        _("▫️ <b>No. {number}: we can't do this</b>", number=appeal.id),
        *_in_russian(),
        quote(found.text),
        _("What you can do: {advice}", advice=escape(found.advice or "")),
        "",
    ]
    kept = {"answer": found.id}
    if said is not None:
        return Rendered("\n".join([*lines, said_word(said)]), data=kept)
    if appeal.state is not State.ANSWERED or appeal.answer_id != found.id:
        return Rendered("\n".join(lines).rstrip(), data=kept)
    here = (appeal.id, found.id)
    buttons = (
        (
            Button(_("Clear"), data("c1", "clear", *here, CLEAR)),
            Button(_("Not clear"), data("c1", "clear", *here, UNCLEAR)),
        ),
        (Button(_("I want to dispute"), data("c1", "disp", *here)),),
    )
    return Rendered("\n".join([*lines, _("Is it clear why?")]), buttons, data=kept)


def said_word(said: str) -> str:
    """What the citizen answered to «Понятно?»."""
    return {
        CLEAR: _("You answered: clear."),
        UNCLEAR: _("You answered: not clear."),
        DISPUTED: _("You disputed this."),
    }[said]


async def ask_again(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Silently: on the third day, or after words about it; after a press the questions go on."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    found = await frame.uow.need(Answer, row.ref["answer"])
    rating = await frame.uow.appeals.rating_of(found.id)
    waiting = appeal.state is State.ANSWERED and appeal.answer_id == found.id
    standing = await under(frame, row.anchor or "")
    first = feedback.words_before(row.anchor or "")
    said = await frame.uow.get(Utterance, first) if first is not None else None
    if said is not None and said.appeal_id != appeal.id:
        return Rendered(_("It is a case of its own now: No. {number}.", number=said.appeal_id))
    if standing is None and (rating is not None or not waiting):
        return None
    asked, rows = await _next(frame, appeal, found)
    buttons = rows
    text = _(
        "Did it work out with No. {number}? One tap, and we close the matter or bring it back.",
        number=appeal.id,
    )
    if said is not None:
        text = _(
            "Added to No. {number}, those who answered will read it. Did it work? One tap, and we "
            "close the matter or bring it back.",
            number=appeal.id,
        )
        buttons = (*buttons, (other_matter(appeal, said),))
    if rating is not None or not waiting:
        text, buttons = _("No. {number}", number=appeal.id) + "\n" + asked, rows
    reply = await under(frame, f"answer:{found.id}")
    return Rendered(text, buttons, reply_to=reply, silent=True)


async def _next(frame: Frame, appeal: Appeal, found: Answer) -> tuple[str, Rows]:
    """The next question about an answer and its buttons."""
    here = (appeal.id, found.id)
    rating = await frame.uow.appeals.rating_of(found.id)
    if rating is None:
        if appeal.state is not State.ANSWERED or appeal.answer_id != found.id:
            return _("Closed without a rating"), ()
        labels = ((_("Solved"), "y"), (_("Partly"), "p"), (_("Not solved"), "n"))
        row = tuple(Button(text, data("c1", "out", *here, code)) for text, code in labels)
        return _("Did it work?"), (row,)
    said = {
        "y": _("You answered: solved."),
        "p": _("You answered: partly."),
        "n": _("You answered: not solved."),
    }[rating.verdict]
    if rating.verdict == feedback.NOT_SOLVED and rating.reason is None:
        return said + "\n" + _("What is wrong?"), _why_not(here)
    if rating.mark is not None:
        text, buttons = _after_mark(frame, here, rating)
        return f"{said}\n{text}", buttons
    if await _rest_is_awaited(frame, appeal, rating):
        # First what is left, then the mark: a star must not take the question's place.
        return said, ()
    stars = tuple(Button(str(n), data("c1", "csi", *here, n)) for n in range(1, 6))
    return said + "\n" + _("How did we do?"), (stars,)


async def _rest_is_awaited(frame: Frame, appeal: Appeal, rating: Rating) -> bool:
    if rating.verdict != feedback.PARTLY or frame.now >= rating.at + feedback.REST_LIFE:
        return False
    return await frame.uow.appeals.child_of(appeal.id) is None


def _why_not(here: tuple[int, int]) -> Rows:
    reasons = (
        ((_("Nothing was done"), "none"), (_("Done badly"), "bad")),
        ((_("Beside the point"), "off"), (_("Broke again"), "again")),
    )
    return _reasons("why_n", here, reasons)


def _after_mark(frame: Frame, here: tuple[int, int], rating: Rating) -> tuple[str, Rows]:
    low = rating.mark is not None and rating.mark <= feedback.LOW_MARK
    thanks = _("Thank you, you gave us {mark}. Anything to add? Just write.", mark=rating.mark)
    if low and rating.reason is None:
        reasons = (
            ((_("Took long"), "slow"), (_("Rude"), "rude")),
            ((_("Off the matter"), "off"), (_("Work done badly"), "bad")),
        )
        return thanks + "\n" + _("What was wrong?"), _reasons("rsn", here, reasons)
    fresh = rating.marked_at is not None and frame.now < rating.marked_at + feedback.CORRECTION
    if low or not fresh:
        return thanks, ()
    return thanks, ((Button(_("Correct"), data("c1", "reout", *here)),),)


def _reasons(
    action: str, here: tuple[int, int], pairs: tuple[tuple[tuple[str, str], ...], ...]
) -> Rows:
    return tuple(
        tuple(Button(text, data("c1", action, *here, code)) for text, code in pair)
        for pair in pairs
    )
