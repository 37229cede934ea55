"""`python -m bot understand "текст"`: what the hub understands of a text, and why. Offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.offline import asked, spoken
from bot.i18n import DEFAULT_LOCALE, _
from bot.municipality import load_municipality
from bot.views.frame import urgency_word

if TYPE_CHECKING:
    from services.classifier.guess import Guess
    from services.understanding import Place, Understanding


def understand(
    text: Annotated[str, typer.Argument(help="A citizen's words.")],
    model: Annotated[
        str, typer.Option(help="«cold», or a model file; by default the one in use.")
    ] = "",
    lang: Annotated[str, typer.Option(help="ru or en")] = DEFAULT_LOCALE,
) -> None:
    """Say what a text is about, where, how urgent, and which words told so."""
    with spoken(lang):
        typer.echo("\n".join(_lines(text, model)))


def _lines(text: str, model: str) -> list[str]:
    from services import understanding
    from services.understanding.lemmas import tokens_of

    classifier = asked(model)
    town = load_municipality()
    seen = understanding.understand(text, understanding.Context.of(town))
    guess = classifier.guess(seen.masked, tokens_of(seen.masked))
    urgency = urgency_word(seen.urgency)
    if seen.urgency_words:
        urgency += " (" + ", ".join(f"«{word}»" for word in seen.urgency_words) + ")"
    return [
        *_topic(guess),
        _("Place: {place}", place=_place(seen.place)),
        _("Urgency: {urgency}", urgency=urgency),
        *_gist(seen, town.topics[seen.topic].name if seen.topic else None),
        _("What staff see: {text}", text=seen.masked),
        _("Model: {version}", version=classifier.version),
    ]


def _gist(seen: Understanding, topic: str | None) -> list[str]:
    """The letter in one line, what it asks, how it is said."""
    from bot.views import gist
    from services.understanding.essence import essence

    line = essence(seen.masked, what=topic, where=seen.place.text if seen.place else None).line()
    lines = [_("Essence: {line}", line=line)]
    asks = gist.question_list(seen.masked)
    lines += [_("Asks: {questions}", questions=" ".join(asks))] if asks else []
    return [line for line in (*lines, gist.tone_with_words(seen.masked)) if line]


def _topic(guess: Guess) -> list[str]:
    if not guess.confidence:
        return [_("Topic: no word of the text tells it")]
    lines = [_("Group: {groups}", groups=_ranked(guess.groups))]
    lines.append(_("Topic: {topics}", topics=_ranked(guess.topics)))
    if guess.words:
        words = ", ".join(f"«{word}»" for word in dict.fromkeys(guess.words))
        lines.append(_("Told by: {words}", words=words))
    verdict = _("goes without a person") if guess.auto else _("a person confirms")
    return [*lines, _("Sure: {percent} %, {verdict}", percent=_percent(guess), verdict=verdict)]


def _percent(guess: Guess) -> int:
    return round(100 * guess.confidence)


def _ranked(names: tuple[tuple[str, float], ...]) -> str:
    return "; ".join(f"{name} {round(100 * chance)} %" for name, chance in names)


def _place(place: Place | None) -> str:
    if place is None:
        return _("not named")
    named = [place.settlement, place.street, place.house]
    return ", ".join(part for part in named if part) or place.text
