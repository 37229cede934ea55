"""The task of a lesson as it stands now, in one or two sentences, with the facts to work with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.i18n import DEFAULT_LOCALE, _, use_locale
from bot.town.training.play import Play
from bot.views import moments
from services.training import Lesson, Mark


def task(play: Play) -> list[str]:
    """Sentences for the coach's pane."""
    if play.facts is not None and play.facts.elsewhere:
        text = _("Somebody else has No. {number} now. Begin the case once more.")
        return [text.format(number=play.number)]
    return _TASKS[play.lesson](play)


def moment(play: Play, at: datetime) -> str:
    """«10:30» today, «вт 24.11 10:30» on another day."""
    local = at.astimezone(play.beside.town.calendar.zone)
    hour = f"{local:%H:%M}"
    if local.date() == play.today:
        return hour
    return f"{moments.weekday_digits(local.date())} {hour}"


def _key(word: Callable[[], str]) -> str:
    """A button as it stands in the chats, which speak the town's language; then what it means."""
    meant = word()
    with use_locale(DEFAULT_LOCALE):
        written = word()
    return f"«{written}»" if written == meant else f"«{written}» ({meant})"


def _done(play: Play, code: str) -> bool:
    """This check of the lesson is good already."""
    checks = play.verdict.checks if play.verdict else ()
    return any(c.code == code and c.mark is Mark.GOOD for c in checks)


def _take(play: Play) -> list[str]:
    return [
        _(
            "A report of weak water pressure has come. Find card No. {number} in the chat of the "
            "block and press {take}.",
            number=play.number,
            take=_key(lambda: _("Take")),
        )
    ]


def _ask(play: Play) -> list[str]:
    return [
        _(
            "The citizen did not say where it is. Take No. {number}, then press {clarify} and "
            "{address}.",
            number=play.number,
            clarify=_key(lambda: _("Clarify")),
            address=_key(lambda: _("Exact address")),
        ),
        _("The question leaves in a minute; here we move the time."),
    ]


def _answer(play: Play) -> list[str]:
    return [
        _(
            "The work is done: on {day} the crew cleared the sewer at house 5 and washed the "
            "pavement. Take No. {number}, press {answer} and tell the citizen.",
            day=moments.day_month(play.today),
            number=play.number,
            answer=_key(lambda: _("Answer")),
        ),
        _("A photo «after»: write the words, then «+» → «Photo»; they go together."),
    ]


def _return(play: Play) -> list[str]:
    return [
        _(
            "No. {number} is a hole in the road, not a matter of pipes. Return it: {return_}, the "
            "reason, whose it is, and a phrase why.",
            number=play.number,
            return_=_key(lambda: _("Not ours")),
        )
    ]


def _emergency(play: Play) -> list[str]:
    if not _done(play, "accepted"):
        return [
            _(
                "It smells of gas in an entrance hall. Press {accept} on No. {number}: the duty "
                "people are called until somebody does.",
                number=play.number,
                accept=_key(lambda: _("Accept")),
            )
        ]
    return [
        _(
            "On {day} the gas crew shut the valve and replaced the tap, the air is clean. Answer "
            "the citizen in No. {number}: what was done, and what to do if it smells again.",
            day=moments.day_month(play.today),
            number=play.number,
        )
    ]


def _problem(play: Play) -> list[str]:
    if not _done(play, "taken"):
        return [
            _(
                "Three people of one street report the same, and the duty officer joined them. "
                "Take the common card No. {number}.",
                number=play.number,
            )
        ]
    if not _done(play, "news"):
        return [
            _(
                "The pump has stopped; it will be replaced today by 18:00. Press {news} "
                "and write that.",
                news=_key(lambda: _("News to all")),
            )
        ]
    return [
        _(
            "The pump was replaced on {day}, the pressure is normal. Press {answer} and "
            "tell: one answer goes to everybody.",
            day=moments.day_month(play.today),
            answer=_key(lambda: _("Answer all")),
        )
    ]


_TASKS: dict[Lesson, Callable[[Play], list[str]]] = {
    Lesson.TAKE: _take,
    Lesson.ASK: _ask,
    Lesson.ANSWER: _answer,
    Lesson.RETURN: _return,
    Lesson.EMERGENCY: _emergency,
    Lesson.PROBLEM: _problem,
}
