"""From a citizen's words to a topic, a place and an urgency: a first version that can be explained.

`understand` is pure and slow enough (a few milliseconds) to be called before a transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.municipality import Municipality
from services.policies import Urgency
from services.understanding.lemmas import content_of, tokens_of
from services.understanding.model import Candidate, Place, Understanding
from services.understanding.personal import IN_DANGER, mask
from services.understanding.places import PlaceIndex
from services.understanding.topics import TopicIndex, confidence_of, shortlist
from services.understanding.urgency import Raised, UrgencyIndex, worse

__all__ = ["IN_DANGER", "Candidate", "Context", "Place", "Understanding", "mask", "understand"]

ESSENCE = 60


@dataclass(frozen=True, slots=True)
class Context:
    """Everything `understand` needs of a municipality, built once."""

    municipality: Municipality
    topics: TopicIndex
    places: PlaceIndex
    urgency: UrgencyIndex

    @classmethod
    def of(cls, municipality: Municipality) -> Context:
        """Index the words of a municipality."""
        return cls(
            municipality=municipality,
            topics=TopicIndex(municipality.topics.values()),
            places=PlaceIndex(municipality),
            urgency=UrgencyIndex(municipality.urgency_rules),
        )


def understand(text: str, context: Context) -> Understanding:
    """What a text is about, where, how urgent, and how sure that is."""
    masked = mask(text)
    tokens = tokens_of(masked)
    place, named = context.places.find(masked, tokens)
    content = content_of(tuple(t for i, t in enumerate(tokens) if i not in named))
    ranked = context.topics.candidates(content)
    met = context.urgency.found(tokens, named)
    raised = met[0] if met else None
    confidence = confidence_of(ranked)
    topic = context.municipality.topics[ranked[0].topic] if ranked else None
    urgency = _urgency(topic.urgency if topic else Urgency.NORMAL, raised)
    if urgency is Urgency.EMERGENCY:
        masked = mask(text, keep=IN_DANGER)
    return Understanding(
        topic=topic.code if topic else None,
        block=topic.block if topic else (raised.rule.block if raised else None),
        confidence=confidence,
        candidates=shortlist(ranked),
        place=place,
        urgency=urgency,
        urgency_words=raised.words if raised else (),
        advice=raised.rule if raised and raised.rule.advice else None,
        dangers=tuple(dict.fromkeys(r.rule for r in met if r.rule.urgency is Urgency.EMERGENCY)),
        masked=masked,
        essence=topic.name if topic else _short(masked),
        sure=topic is not None and confidence >= context.municipality.sure,
    )


def _urgency(usual: Urgency, raised: Raised | None) -> Urgency:
    return worse(usual, raised.rule.urgency) if raised else usual


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= ESSENCE:
        return text
    return text[:ESSENCE].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"
