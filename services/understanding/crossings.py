"""Corners of two streets: «перекрёсток Ленина и Мира», «Чехова угол Горького», «Горная-Шевченко».

Two names beside each other are a corner where a word says so, or a dash or a slash joins two
streets of the map. «На Ленина и Мира темно» is two streets, «от Ленина до Мира» a stretch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.understanding.gazetteer import Gazetteer, Span
from services.understanding.lemmas import is_known, is_noun, plain
from services.understanding.names import kind_and_name, nominative
from services.understanding.streets import KINDS, Reading, said_kind

_CORNER = ("перекрест", "пересечени", "угол", "углу")
_AND = {"и", "с", "со"}
_JOINS = _AND | {"на", "угол", "углу", "пересечение", "пересечении"}
_BETWEEN, _BEFORE = 4, 3
"""Words that may stand between two streets, and between «перекрёсток» and the first."""
_DASH = re.compile(r"\s?[-–—/\\]\s?")
_STRETCH = {"от", "до", "между", "маршрут", "маршрута", "участок", "участке", "отрезок", "автобус"}


@dataclass(frozen=True, slots=True)
class Named:
    """One street of a corner: «ул.», «Горная», and the settlements that have it."""

    kind: str
    name: str
    settlements: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two streets in the order in which they were said."""

    one: Named
    other: Named

    @property
    def span(self) -> Span:
        """Positions of both names."""
        return (*self.one.span, *self.other.span)

    @property
    def words(self) -> str:
        """«Перекрёсток Горной и Шевченко»."""
        return f"перекрёсток {_of(self.one)} и {_of(self.other)}"

    @property
    def homes(self) -> tuple[str, ...]:
        """Settlements that have both; a street that the map does not know may be in any."""
        known = [n.settlements for n in (self.one, self.other) if n.settlements]
        return tuple(home for home in known[0] if all(home in homes for homes in known))


def crossing(reading: Reading, streets: Gazetteer, taken: set[int]) -> Crossing | None:
    """The first corner of a text, of which the map knows one street at least."""
    for position in range(len(reading.tokens)):
        if position in taken:
            continue
        found = _in_one_word(reading, streets, position) or _pair(reading, streets, position, taken)
        if found is not None and found.homes:
            return found
    return None


def _in_one_word(reading: Reading, streets: Gazetteer, position: int) -> Crossing | None:
    """«Горная-Шевченко»."""
    halves = reading.tokens[position].text.split("-")
    if len(halves) != 2 or not all(half[:1].isupper() for half in halves):
        return None
    found = []
    for half in halves:
        name = next((n for n, _ in streets.at([plain(half)], 0)), None)
        if name is None:
            return None
        found.append(Named(*kind_and_name(name.name), name.settlements, (position,)))
    return Crossing(*found) if found[0].name != found[1].name else None


def _pair(reading: Reading, streets: Gazetteer, position: int, taken: set[int]) -> Crossing | None:
    cornered = _is_said(reading, position)
    one = _street(reading, streets, position, guess=cornered)
    if one is None:
        return None
    after = one.span[-1] + 1
    for start in range(after, min(after + _BETWEEN, len(reading.tokens))):
        if start in taken:
            return None
        between = reading.words[after:start]
        joined = any(word.startswith(_CORNER) for word in between)
        joined |= cornered and not _AND.isdisjoint(between)
        other = None
        if joined or _dashed(reading, one, start):
            other = _street(reading, streets, start, guess=cornered)
        if other is not None and other.name != one.name and (one.settlements or other.settlements):
            return Crossing(one, other)
        if reading.words[start] not in _JOINS | KINDS:
            return None
    return None


def _street(reading: Reading, streets: Gazetteer, position: int, *, guess: bool) -> Named | None:
    """A street of the map; or a capital word that can be nothing else after «перекрёсток»."""
    token = reading.tokens[position]
    for name, span in streets.at(reading.words, position):
        kind, called = kind_and_name(name.name)
        if said_kind(reading, span) in (None, kind) and (guess or token.text[0].isupper()):
            return Named(kind, called, name.settlements, span)
    if not guess or not token.text[0].isupper() or len(token.text) < _BEFORE:
        return None
    if is_known(token.text) and is_noun(token.text) and not token.text.endswith(("ого", "а", "о")):
        return None
    return Named("ул.", nominative(token.text), (), (position,))


def _is_said(reading: Reading, position: int) -> bool:
    """«Перекрёсток», «на углу», «на пересечении улиц» right before."""
    before = reading.words[max(0, position - _BEFORE) : position]
    said = [i for i, word in enumerate(before) if word.startswith(_CORNER)]
    return bool(said) and all(word in KINDS for word in before[said[-1] + 1 :])


def _dashed(reading: Reading, one: Named, start: int) -> bool:
    """«Горная - Шевченко», «Ленина/Мира»; but «маршрут Ленина - Мира» is no corner."""
    before = reading.words[max(0, one.span[0] - 2) : one.span[0]]
    end, begin = reading.tokens[one.span[-1]].end, reading.tokens[start].start
    joined = _DASH.fullmatch(reading.text, end, begin) is not None
    return joined and not _STRETCH & set(before)


def _of(street: Named) -> str:
    """«Горной», «Ленина», «пер. Тихий»: how a street is called after «перекрёсток»."""
    if street.kind != "ул.":
        return f"{street.kind} {street.name}"
    return " ".join(_genitive(word) for word in street.name.split())


def _genitive(word: str) -> str:
    for ending, other in (("ая", "ой"), ("яя", "ей")):
        if word.endswith(ending):
            return word.removesuffix(ending) + other
    return word
