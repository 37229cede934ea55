"""What staff need of a letter before they read it: since when, what is asked, how it is said.

Worked out of the masked words each time: under a millisecond, and nothing to keep or to erase.
Never shown to a citizen.
"""

from __future__ import annotations

from html import escape

from bot.i18n import _
from services.understanding.essence import asked, since
from services.understanding.sentences import questions, sentences
from services.understanding.tone import Manner, tone_of
from services.wire import cut

MOST = 5
"""Questions of a list; what is left is counted."""
LONGEST = 120
"""Units of one question."""


def essence_line(text: str) -> str:
    """«Когда: третий день · просит: заделать яму»: what topic and place don't tell."""
    began, wish = since(text), asked(text)
    parts = []
    if began:
        parts.append(_("since: {since}", since=escape(began)))
    if wish:
        parts.append(_("asks: {wish}", wish=escape(wish[:1].lower() + wish[1:])))
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]


def question_list(text: str) -> list[str]:
    """The questions of a text, plain, numbered where there are several."""
    found = questions(text)
    shown = [cut(" ".join(question.split()), LONGEST) for question in found[:MOST]]
    if len(shown) > 1:
        shown = [f"{number}. {question}" for number, question in enumerate(shown, 1)]
    if len(found) > MOST:
        shown.append(_("and {n} more", n=len(found) - MOST))
    return shown


def questions_lines(text: str) -> list[str]:
    """Under the citizen's words; a text that is one question has said it already."""
    shown = [escape(question) for question in question_list(text)]
    if not shown or len(sentences(text)) == 1:
        return []
    head = _("To be answered:")
    return [f"{head} {shown[0]}"] if len(shown) == 1 else [head, *shown]


def lines(text: str) -> list[str]:
    """All of it under the words themselves, as the duty officer reads it."""
    found = (essence_line(text), *questions_lines(text), tone_line(text))
    return [line for line in found if line]


def tone_line(text: str) -> str:
    """«Тон: брань, прокуратура или суд»."""
    marks = [_manner_word(tone.manner) for tone in tone_of(text)]
    return f"<i>{_('Tone: {marks}', marks=', '.join(marks))}</i>" if marks else ""


def tone_with_words(text: str) -> str:
    """The same with what it was told by, plain: «Тон: брань («…»)»."""
    found = [f"{_manner_word(tone.manner)} («{tone.words}»)" for tone in tone_of(text)]
    return _("Tone: {marks}", marks=", ".join(found)) if found else ""


def _manner_word(manner: Manner) -> str:
    return {
        Manner.OBSCENE: _("obscene words"),
        Manner.INSULT: _("insults"),
        Manner.THREAT: _("threats"),
        Manner.PROTEST: _("protest"),
        Manner.AUTHORITY: _("prosecutor or court"),
        Manner.MEDIA: _("the press"),
        Manner.REPEATED: _("not the first time"),
    }[manner]
