"""The first day: groups and topics from the vocabulary alone, without one labelled appeal.

score of a group = its best topic + REST × its next three + OWN × the group's own words
chances          ~ e^(SHARPNESS × score) - 1: what has no evidence has no chance; topics share the
                   chance of their group the same way
confidence       = the chance of the first group × (1 - e^(-its score / enough)),
enough           = ENOUGH, in proportion less for a text of fewer words than WHOLE: who says little
                   says nothing against it either (but is not spared a person for it)

The numbers are set by judgement: nothing here has seen a label. How often the first day is right is
measured (docs/understanding.md); a person is spared only where hardly anything speaks against.
"""

from __future__ import annotations

import numpy as np

from services.classifier.lexicon import Evidence, Floats, Lexicon
from services.classifier.ranking import best, offered, reasons
from services.understanding.guess import COLD, Guess
from services.understanding.lemmas import Token, content_of

REST = 0.35
NEXT = 3
OWN = 0.5
SHARPNESS = 0.55
TOPIC_SHARPNESS = 1.1
ENOUGH = 2.0
WHOLE = 12
"""Words, without function words and courtesies."""
_COURTESIES = {
    "пожалуйста",
    "просить",
    "просьба",
    "помочь",
    "посмотреть",
    "скорее",
    "скоро",
    "поскорее",
    "здравствуйте",
    "добрый",
    "уважаемый",
    "спасибо",
    "заранее",
    "срочно",
    "наконец",
    "очень",
    "мера",
    "разобраться",
    "житель",
    "администрация",
}
"""They make a text longer and nothing in it less clear."""
THRESHOLD = 0.97


def group_scores(lexicon: Lexicon, seen: Evidence) -> Floats:
    """A score for every group of the vocabulary."""
    # Topics of a group in a row, as long as the longest: what stands behind them scores nothing.
    topics = np.append(seen.topics, 0.0)[lexicon.members]
    best = -np.sort(-topics, axis=1)
    scores: Floats = OWN * seen.own + (best[:, 0] + REST * best[:, 1 : 1 + NEXT].sum(axis=1))
    return scores


def shares(scores: Floats, sharpness: float) -> Floats:
    """Chances that add up to one, or nothing but zeroes when nothing speaks for anything."""
    powers = np.expm1(sharpness * scores)
    total = powers.sum()
    chances: Floats = powers / total if total else powers
    return chances


def topic_chances(lexicon: Lexicon, seen: Evidence, groups: Floats) -> Floats:
    """P(topic) = P(group) × P(topic within the group)."""
    powers = np.expm1(TOPIC_SHARPNESS * seen.topics)
    totals = np.bincount(lexicon.group_of, weights=powers, minlength=len(groups))
    totals[totals == 0] = 1.0
    chances: Floats = groups[lexicon.group_of] * (powers / totals[lexicon.group_of])
    return chances


class ColdClassifier:
    """Knows what the vocabulary knows."""

    version = COLD

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._groups = tuple(group.name for group in lexicon.vocabulary.groups)
        self._topics = tuple(topic.name for _, topic in lexicon.vocabulary.topics)

    def guess(self, text: str, tokens: tuple[Token, ...]) -> Guess:
        """What the text is about; `tokens` are its words."""
        tokens = content_of(tokens)
        seen = self._lexicon.read(tokens)
        scores = group_scores(self._lexicon, seen)
        groups = shares(scores, SHARPNESS)
        topics = topic_chances(self._lexicon, seen, groups)
        telling = sum(not token.lemmas & _COURTESIES for token in tokens)
        enough = ENOUGH * min(1.0, max(1, telling) / WHOLE)
        chance, score = groups.max(), scores.max()
        likely = best(self._groups, groups)
        return Guess(
            groups=likely,
            topics=best(self._topics, topics),
            confidence=round(float(chance * (1 - np.exp(-score / enough))), 4),
            auto=bool(chance * (1 - np.exp(-score / ENOUGH)) >= THRESHOLD),
            reasons=reasons(self._lexicon, seen, tokens, (name for name, _ in likely)),
            calibrated=False,
            ranking=offered(self._topics, topics),
        )
