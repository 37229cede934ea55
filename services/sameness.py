"""Do further words speak of the same thing? Pure rules (architecture.md §In 7)."""

from __future__ import annotations

from collections.abc import Iterable

from services.understanding import Place, Understanding
from services.understanding.lemmas import is_noun, lemma_of, tokens_of


def names_another(before: Understanding, further: Understanding) -> bool:
    """`further` plainly names another topic or another place than what was said before.

    Words that name nothing, or what was not clear yet, continue what was said.
    """
    if before.sure and further.sure and before.topic != further.topic:
        return True
    return elsewhere(before.place, further.place)


def another_danger(before: Iterable[Understanding], further: Understanding) -> bool:
    """`further` names danger to life of a kind that nothing said before had named."""
    known = {rule for seen in before for rule in seen.dangers}
    return not known.issuperset(further.dangers)


def elsewhere(before: Place | None, further: Place | None) -> bool:
    """Two places that cannot be one: a street or a house more is no contradiction."""
    if before is None or further is None:
        return False
    if _differ(before.settlement, further.settlement) or _streets_differ(before, further):
        return True
    same_street = before.street is not None and further.street is not None
    return same_street and _differ(before.house, further.house)


def _streets_differ(one: Place, other: Place) -> bool:
    """No street in common; of two corners both streets must be."""
    if one.cross and other.cross:
        return one.streets != other.streets
    return bool(one.streets and other.streets) and one.streets.isdisjoint(other.streets)


def same(before: Place | None, further: Place | None) -> bool:
    """Two names of one spot: the same street, or the same landmark."""
    if before is None or further is None or elsewhere(before, further):
        return False
    if before.streets and further.streets:
        return True
    one, other = (p.street or p.landmark or p.text for p in (before, further))
    return one.casefold() == other.casefold()


_ANYWHERE = frozenset(
    [
        *("дом", "улица", "двор", "подъезд", "квартира", "этаж", "город", "село", "район"),
        *("день", "час", "неделя", "месяц", "год", "раз", "время", "утро", "вечер", "ночь"),
        *("вопрос", "проблема", "ответ", "сообщение", "помощь", "человек", "житель", "спасибо"),
    ]
)
"""Nouns of every second report: they make no common subject."""


def one_subject(before: str, further: str) -> bool:
    """The further words name a thing that was spoken of: «но вода всё ещё еле течёт»."""
    return bool(_things(before) & _things(further))


def _things(text: str) -> set[str]:
    nouns = {lemma_of(token.text) for token in tokens_of(text) if is_noun(token.text)}
    return nouns - _ANYWHERE


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() != other.casefold()
