"""What the hub understands of a text, and why, for whoever wants to know: a line each."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import _, current_locale
from bot.views import gist
from bot.views.frame import named, urgency_word
from services import twins
from services.municipality import Municipality
from services.understanding import Place, Understanding
from services.understanding.essence import essence
from services.understanding.guess import Guess, same
from services.understanding.segments import Segment


def understood(
    town: Municipality, topic_names: Mapping[str, str], understand: twins.Reads, text: str
) -> list[str]:
    """Lines like «Место: Ленина, 5»: topic, words that told it, whose matter, place and so on.

    `topic_names`: the English names of the classifier's topics, by theirs as `same` gives them.
    """
    seen = understand(text)
    urgency = urgency_word(seen.urgency)
    if seen.urgency_words:
        urgency += " (" + ", ".join(f"«{word}»" for word in seen.urgency_words) + ")"
    return [
        *_topic(town, topic_names, seen.guess),
        *_routed(town, seen),
        _("Place: {place}", place=_place(seen.place)),
        _("Urgency: {urgency}", urgency=urgency),
        *_two(town, twins.two_of(understand, text)),
        *_gist(seen, named(town.topics[seen.topic]) if seen.topic else None),
        _("What staff see: {text}", text=seen.masked),
        _("Model: {version}", version=seen.model),
    ]


def _two(town: Municipality, parts: tuple[Segment, ...]) -> list[str]:
    told = [f"{named(town.topics[part.subject.topic])} («{part.text}»)" for part in parts]
    return [_("Two problems: {problems}", problems="; ".join(told))] if told else []


def _gist(seen: Understanding, topic: str | None) -> list[str]:
    """The letter in one line, what it asks, how it is said."""
    line = essence(seen.masked, what=topic, where=seen.place.text if seen.place else None).line()
    lines = [_("Essence: {line}", line=line)]
    asks = gist.question_list(seen.masked)
    lines += [_("Asks: {questions}", questions=" ".join(asks))] if asks else []
    return [line for line in (*lines, gist.tone_with_words(seen.masked)) if line]


def _topic(town: Municipality, topic_names: Mapping[str, str], guess: Guess) -> list[str]:
    if not guess.confidence:
        return [_("Topic: no word of the text tells it")]
    english = current_locale() == "en"
    lines = [_("Group: {groups}", groups=_ranked(guess.groups, _groups(town) if english else {}))]
    if guess.topics:
        topics = _ranked(guess.topics, topic_names if english else {})
        lines.append(_("Topic: {topics}", topics=topics))
    if guess.words:
        words = ", ".join(f"«{word}»" for word in dict.fromkeys(guess.words))
        lines.append(_("Told by: {words}", words=words))
    return [*lines, _("Sure of the group: {percent} %", percent=round(100 * guess.confidence))]


def _routed(town: Municipality, seen: Understanding) -> list[str]:
    """Where it would go: the best three, and whether a person is asked."""
    lines = []
    for place, option in enumerate(seen.candidates, 1):
        words = ", ".join(f"«{word}»" for word in option.words)
        block, topic = named(town.blocks[option.block]), named(town.topics[option.topic])
        lines.append(f"{place}. {block}: {topic}" + (f" ({words})" if words else ""))
    verdict = _("goes without a person") if seen.sure else _("a person confirms")
    return [
        *lines,
        _(
            "Sure of the block: {percent} %, {verdict}",
            percent=round(100 * seen.confidence),
            verdict=verdict,
        ),
    ]


def _groups(town: Municipality) -> dict[str, str]:
    return {name: town.topics[code].name_en for name, code in town.groups.items()}


def _ranked(names: tuple[tuple[str, float], ...], english: Mapping[str, str]) -> str:
    """A model's own label that the vocabulary does not have is shown as it is."""
    told = [(english.get(same(name), name), chance) for name, chance in names]
    return "; ".join(f"{name} {round(100 * chance)} %" for name, chance in told)


def _place(place: Place | None) -> str:
    if place is None:
        return _("not named")
    if place.cross is not None:
        return place.text
    parts = [place.settlement, place.street, place.house]
    return ", ".join(part for part in parts if part) or place.text
