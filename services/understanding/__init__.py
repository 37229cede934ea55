"""From a citizen's words to a topic, a place and an urgency, with the reasons.

`look` reads a text as far as its place, in a fraction of the time; `understand` goes on from there.
Both are pure; `understand` is slow enough (half a millisecond and more) to be called before a
transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.municipality import Municipality
from services.policies import Urgency
from services.understanding.gratitude import THANKS, only_thanks
from services.understanding.guess import Classifier
from services.understanding.lemmas import Token, content_of, tokens_of
from services.understanding.model import Candidate, Place, Understanding
from services.understanding.options import Options, likely, options
from services.understanding.personal import IN_DANGER, mask
from services.understanding.places import PlaceIndex
from services.understanding.topics import TopicIndex, confidence_of, shortlist
from services.understanding.urgency import Raised, UrgencyIndex, worse

__all__ = [
    "IN_DANGER",
    "Candidate",
    "Context",
    "Look",
    "Place",
    "Understanding",
    "look",
    "mask",
    "understand",
]

ESSENCE = 60


@dataclass(frozen=True, slots=True)
class Context:
    """Everything `understand` needs of a municipality, built once."""

    municipality: Municipality
    classifier: Classifier
    topics: TopicIndex
    places: PlaceIndex
    urgency: UrgencyIndex

    @classmethod
    def of(cls, municipality: Municipality, classifier: Classifier) -> Context:
        """Index the words of a municipality."""
        return cls(
            municipality=municipality,
            classifier=classifier,
            topics=TopicIndex(topic for topic in municipality.topics.values() if topic.words),
            places=PlaceIndex(municipality),
            urgency=UrgencyIndex(municipality.urgency_rules),
        )


@dataclass(frozen=True, slots=True)
class Look:
    """A text at first sight."""

    masked: str
    tokens: tuple[Token, ...]
    place: Place | None
    named: frozenset[int]
    """Positions of the words that name a place."""


def look(text: str, places: PlaceIndex, public: frozenset[str]) -> Look:
    """Where a text is about: all that is needed where nobody asks what it is about.

    `public`: numbers that stay readable, `Municipality.public_numbers`.
    """
    masked = mask(text, public=public)
    tokens = tokens_of(masked)
    return Look(masked, tokens, *places.find(masked, tokens))


def understand(text: str, context: Context, seen: Look | None = None) -> Understanding:
    """What a text is about, where, how urgent, and how sure that is.

    `seen`: what `look` has made of it already.
    """
    town = context.municipality
    seen = seen or look(text, context.places, town.public_numbers)
    masked, tokens, named = seen.masked, seen.tokens, seen.named
    # The name of a street says nothing of the topic.
    said = tuple(token for i, token in enumerate(tokens) if i not in named)
    content = content_of(said)
    met = context.urgency.found(tokens, named)
    raised = met[0] if met else None
    guess = context.classifier.guess(masked, said)
    ours = context.topics.candidates(content)
    confidence = confidence_of(ours)
    if raised is None and THANKS in town.topics and only_thanks(masked, tokens):
        found = _thanks(town)
    elif _emergency(raised) and confidence >= town.sure:
        # Our own words are enough, where they are clear: minutes count for more.
        found = Options(shortlist(ours), confidence, True)
    else:
        found = options(town, guess, ours, confidence)
    topic = town.topics[found.candidates[0].topic] if found.candidates else None
    urgency = _urgency(topic.urgency if topic else Urgency.NORMAL, raised)
    if urgency is Urgency.EMERGENCY:
        masked = mask(text, keep=IN_DANGER, public=town.public_numbers)
    return Understanding(
        topic=topic.code if topic else None,
        block=topic.block if topic else (raised.rule.block if raised else None),
        confidence=found.trust,
        candidates=found.candidates,
        place=seen.place,
        urgency=urgency,
        urgency_words=raised.words if raised else (),
        advice=raised.rule if raised and raised.rule.advice else None,
        dangers=tuple(dict.fromkeys(r.rule for r in met if r.rule.urgency is Urgency.EMERGENCY)),
        masked=masked,
        essence=topic.name if topic else _short(masked),
        sure=found.sure,
        guess=guess,
        model=context.classifier.version,
        likely=likely(town, found, guess, ours),
    )


def _thanks(town: Municipality) -> Options:
    """What was thanked for is no trouble, whatever its words are."""
    topic = town.topics[THANKS]
    return Options((Candidate(topic.code, topic.block, 1.0, ()),), 1.0, True)


def _emergency(raised: Raised | None) -> bool:
    return raised is not None and raised.rule.urgency is Urgency.EMERGENCY


def _urgency(usual: Urgency, raised: Raised | None) -> Urgency:
    return worse(usual, raised.rule.urgency) if raised else usual


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= ESSENCE:
        return text
    return text[:ESSENCE].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"
