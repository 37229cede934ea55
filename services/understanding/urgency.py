"""How urgent a text is. The hub only raises urgency; a person lowers it (domain.md §1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.municipality import UrgencyRule
from services.policies import Urgency
from services.understanding.lemmas import Token, is_future, is_infinitive, plain
from services.understanding.phrases import PhraseIndex

ORDER = tuple(Urgency)
"""Worst first."""

_NEGATIONS = {"не", "нет", "без"}
_BETWEEN = {"никакой", "больше", "уже", "теперь", "вообще", "быть", "бывать", "даже"}
"""May stand between a negation and its word: «нет никакого запаха газа»."""
_NOT_NOW = {"после", "случай", "учебный", "прошлогодний", "бывший"}
_NOT_NOW |= {"опасность", "угроза", "риск", "избежание", "вероятность", "причина", "возможность"}
_NOT_NOW |= {"вызвать", "привести", "грозить", "чреватый", "приводить", "бояться"}
"""Right before a word they say that it is over, or only thought of: «после пожара»."""
_SEEN = {"быть", "чувствоваться", "ощущаться", "видно", "видный", "слышно", "наблюдаться"}
"""After «не» right behind a phrase they deny it: «пожара не было»."""
_MAYBE = {"мочь", "можно", "рисковать", "возможно", "вдруг"}


@dataclass(frozen=True, slots=True)
class Raised:
    """What a rule found."""

    rule: UrgencyRule
    words: tuple[str, ...]


class UrgencyIndex:
    """The urgency rules of a municipality, ready to be looked up by words."""

    def __init__(self, rules: Iterable[UrgencyRule]) -> None:
        rules = sorted(rules, key=lambda rule: ORDER.index(rule.urgency))
        phrases = [(rule, word) for rule in rules for word in rule.words]
        self._rules = tuple(rules)
        self._owners = tuple(rule for rule, _ in phrases)
        self._index = PhraseIndex(word for _, word in phrases)

    def found(self, tokens: tuple[Token, ...]) -> tuple[Raised, ...]:
        """Every rule that the text meets and does not deny, worst first."""
        found: list[Raised] = []
        for item in self._index.find(tokens):
            if not _denied(tokens, item.positions):
                words = tuple(tokens[i].text for i in item.positions)
                found.append(Raised(self._owners[item.phrase], words))
        found.sort(key=lambda raised: (self._rules.index(raised.rule), -len(raised.words)))
        return tuple(found)


def worse(one: Urgency, other: Urgency) -> Urgency:
    """The more urgent of two."""
    return min(one, other, key=ORDER.index)


def _denied(tokens: tuple[Token, ...], positions: tuple[int, ...]) -> bool:
    """Whether the phrase is negated, or speaks of what has not happened."""
    return (
        _negated(tokens, positions)
        or _closing_no(tokens, positions[-1])
        or _only_feared(tokens, positions)
    )


def _only_feared(tokens: tuple[Token, ...], positions: tuple[int, ...]) -> bool:
    """«Может провалиться ребёнок», «ребёнок провалится»."""
    if any(is_future(tokens[i].text) for i in positions):
        return True
    if not any(is_infinitive(tokens[i].text) for i in positions):
        return False
    clause = tokens[positions[0]].clause
    return any(token.lemmas & _MAYBE for token in tokens if token.clause == clause)


def _negated(tokens: tuple[Token, ...], positions: tuple[int, ...]) -> bool:
    """Whether a negation belongs to the phrase without being a part of it."""
    for position in positions:
        before = position - 1
        while before >= 0 and before not in positions and tokens[before].lemmas & _BETWEEN:
            before -= 1
        if before < 0 or before in positions or tokens[before].clause != tokens[position].clause:
            continue
        if plain(tokens[before].text) in _NEGATIONS or tokens[before].lemmas & _NOT_NOW:
            return True
    return False


def _closing_no(tokens: tuple[Token, ...], last: int) -> bool:
    """«Запаха газа уже нет», «запаха газа не чувствуется»: a denial right after the phrase."""
    after = last + 1
    while after < len(tokens) and tokens[after].lemmas & _BETWEEN:
        after += 1
    if after >= len(tokens) or tokens[after].clause != tokens[last].clause:
        return False
    if plain(tokens[after].text) == "не":
        return after + 1 < len(tokens) and bool(tokens[after + 1].lemmas & _SEEN)
    ends = after + 1 == len(tokens) or tokens[after + 1].clause != tokens[after].clause
    return plain(tokens[after].text) == "нет" and ends
