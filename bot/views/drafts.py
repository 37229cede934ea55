"""The bot's reply to a draft: its words, what could be mended, how it ends (§2.6)."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bot.i18n import _, ngettext
from bot.views import moments, postponing
from bot.views.frame import Frame, quote
from bot.views.rendered import Button, Rendered, Rows
from services import hints
from services.button_data import data
from services.hints import Hint
from services.model import Answer, AnswerState, Appeal, Outcome
from services.work import DRAFT_OUTCOMES
from storage.outbox import OutboxRow

_WORDS: dict[str, Callable[[Hint], str]] = {
    "phone": lambda _h: _("A phone number shows: remove it"),
    "email": lambda _h: _("An e-mail shows: remove it"),
    "card": lambda _h: _("A card number shows: remove it"),
    "document": lambda _h: _("A document number shows: remove it"),
    "vague_date": lambda h: _vague(h),
    "no_date": lambda h: _("When? «{words}» has no date", words=escape(h.words)),
    "no_photo": lambda _h: _("No photo «after», this topic needs one"),
    "stock": lambda h: _("A stock phrase: «{words}»", words=escape(h.words)),
    "short": lambda h: ngettext("Short: {n} character", "Short: {n} characters", h.n),
    "short_no_result": lambda h: ngettext(
        "Short: {n} character, it does not say what was done",
        "Short: {n} characters, it does not say what was done",
        h.n,
    ),
    "no_result": lambda _h: _("It does not say what was done"),
    "long_sentence": lambda h: ngettext(
        "A sentence of {n} word: cut it in two", "A sentence of {n} words: cut it in two", h.n
    ),
    "acts": lambda _h: _("Many articles of law: say it in plain words"),
}


def _vague(hint: Hint) -> str:
    words = escape(hint.words[:1].upper() + hint.words[1:])
    if hint.day is None:
        return _("When? «{words}» names no day", words=words)
    return _(
        "When? «{words}»: is that by {day}?", words=words, day=moments.weekday_digits(hint.day)
    )


def hint_words(hint: Hint) -> str:
    """One remark in words, its code in brackets."""
    return f"{_WORDS[hint.name](hint)} ({hint.code})"


def found_in(frame: Frame, appeal: Appeal, answer: Answer) -> tuple[Hint, ...]:
    """What the machine would mend in this version."""
    topic = frame.town.topics.get(appeal.topic or "")
    today = frame.now.astimezone(frame.town.calendar.zone).date()
    text = "\n".join(part for part in (answer.text, answer.advice) if part)
    return hints.hints(
        text,
        outcome=answer.outcome,
        photos=answer.photos,
        # An interim answer promises the work; the photo is owed when it is done.
        evidence=topic is not None and topic.evidence and answer.until is None,
        today=today,
    )


def outcome_word(outcome: Outcome) -> str:
    """How an answer ends, in a word that fits a button."""
    return {
        Outcome.SOLVED: _("Solved"),
        Outcome.PARTLY: _("Partly"),
        Outcome.EXPLAINED: _("Explained"),
        Outcome.REFUSED: _("Refused"),
    }[outcome]


def ground_word(ground: str) -> str:
    """Why it can't be done, in words that fit a button."""
    return {
        "power": _("Not our power"),
        "law": _("The law forbids"),
        "money": _("No money"),
        "private": _("Private property"),
    }[ground]


async def draft(frame: Frame, row: OutboxRow) -> Rendered:
    """The bot's reply to a draft, before anything leaves."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    answer = await frame.uow.need(Answer, row.ref["answer"])
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
    buttons: Rows = ()
    if answer.state is AnswerState.DRAFT:
        found = found_in(frame, appeal, answer)
        lines += [*_refusal(answer), *_remarks(found)]
        buttons = _buttons(appeal, answer, found)
    return Rendered(
        "\n".join(lines),
        buttons,
        reply_to=row.ref.get("reply_to"),
        silent=True,
        owner=answer.author_id,
    )


def _refusal(answer: Answer) -> list[str]:
    if answer.outcome is not Outcome.REFUSED:
        return []
    if answer.ground is None:
        return [_("Refused: the ground is not chosen yet")]
    advice = escape(answer.advice) if answer.advice else _("not written yet")
    return [
        _("Refused: {ground}", ground=ground_word(answer.ground).lower()),
        _("What the citizen can do: {advice}", advice=advice),
    ]


def _remarks(found: tuple[Hint, ...]) -> list[str]:
    if not found:
        return [_("No remarks.")]
    return [_("Worth mending:"), *(f"▫️ {hint_words(hint)}" for hint in found)]


def _buttons(appeal: Appeal, answer: Answer, found: tuple[Hint, ...]) -> Rows:
    here = (appeal.id, answer.id)

    def choice(outcome: Outcome, press: str) -> Button:
        box = "☑" if outcome is answer.outcome else "☐"
        return Button(f"{box} {outcome_word(outcome)}", press)

    outcomes = tuple(choice(o, data("m1", "outcome", *here, o)) for o in DRAFT_OUTCOMES)
    second = [choice(Outcome.REFUSED, data("m1", "refuse", *here))]
    if answer.outcome is Outcome.REFUSED and answer.ground is not None:
        second.append(Button(_("What they can do"), data("m1", "advice", *here)))
    last = (
        Button(_send_word(answer, found), data("m1", "send", *here)),
        Button(_("Not an answer"), data("m1", "note", *here)),
    )
    return (outcomes, tuple(second), last)


def _send_word(answer: Answer, found: tuple[Hint, ...]) -> str:
    if not found:
        return _("Send")
    if answer.outcome is Outcome.EXPLAINED and any(h.code == "E06" for h in found):
        # Invariant 5: without the evidence it can only be an explanation.
        return _("As an explanation")
    return _("Send as it is")
