"""Which words of a text are a street: a name of the map where it is used as one, or «ул. Такая»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.understanding.gazetteer import Gazetteer, Name, Span
from services.understanding.houses import house_after
from services.understanding.lemmas import Token, agree, is_noun, name_tags, plain
from services.understanding.names import kind_and_name, nominative

STREET = {"ул", "улица", "улице", "улицу", "улицы", "улицей", "улиц", "улицах", "улицам"}
LANE = {"пер": "пер.", "переулок": "пер.", "переулке": "пер.", "переулка": "пер."}
LANE |= {"переулку": "пер.", "проспект": "пр-т", "проспекте": "пр-т", "проспекту": "пр-т"}
LANE |= {"пр-т": "пр-т", "пр-кт": "пр-т", "бульвар": "б-р", "бульваре": "б-р", "б-р": "б-р"}
LANE |= {"проезд": "проезд", "проезде": "проезд", "тупик": "тупик", "тупике": "тупик"}
LANE |= {"площадь": "пл.", "площади": "пл.", "пл": "пл.", "шоссе": "ш.", "аллея": "аллея"}
LANE |= {"аллее": "аллея", "спуск": "спуск", "спуске": "спуск"}
AT = {"в", "во", "на", "по", "с", "со", "у", "от", "до", "из", "около", "возле", "между", "за"}
BY = {"угол", "углу", "перекресток", "перекрестке", "и", "вдоль", "напротив", "мимо", "под", "к"}
BY |= {"вся", "пересечении", "пересечение", "всей", "конце", "начале", "жители"}
KINDS = STREET | set(LANE)
_ON = {"на", "по"}
_RANKS = {"маршала", "генерала", "адмирала", "героя", "героев", "академика", "капитана", "имени"}
_SIDES = {"верхн", "нижн", "нов", "стар", "мал", "больш", "перв", "втор"}
"""The beginnings of «Верхняя» and its like, before another adjective."""
_GENITIVES = ("ого", "его", "ова", "ева", "ина")
_HOUSE_BEFORE = re.compile(
    r"(?:\bдом[ауе]?|\bд\.?)\s*№?\s*(?P<house>\d{1,3}(?:\s?/\s?\d{1,3})?[а-яё]?)\s*,?\s*"
    r"(?:(?:по|на)\s+)?(?:ул(?:иц[аеуы])?\.?\s*)?$",
    re.IGNORECASE,
)
_LOOK_BACK, _LOOK_AHEAD = 40, 40
_LONGEST = 3
"""Words of an unknown street's name."""


@dataclass(frozen=True, slots=True)
class Street:
    """A street as a text has it."""

    kind: str
    name: str
    house: str | None
    settlements: tuple[str, ...]
    """Those of the map that have it; none for a street that the map does not know."""
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its words as the map would spell them."""

    text: str
    tokens: tuple[Token, ...]
    words: list[str]

    def around(self, span: Span) -> tuple[str, str]:
        """The words right before and right after, as far as they belong to the same thought."""
        first, last = span[0], span[-1]
        before = self.words[first - 1] if first else ""
        after = last + 1
        same = after < len(self.tokens) and self.tokens[after].clause == self.tokens[last].clause
        return before, self.words[after] if same else ""

    def opens(self, position: int) -> bool:
        """A thought begins here."""
        before = self.tokens[position - 1].clause if position else None
        return before != self.tokens[position].clause

    def alone(self, span: Span) -> bool:
        """«Кабардинка, яма на дороге»: the words are a thought of their own."""
        return self.opens(span[0]) and not self.around(span)[1]


def known_street(
    reading: Reading, streets: Gazetteer, taken: set[int], beside: int | None
) -> Street | None:
    """The street of the map that the text names; one with a house before one without.

    `beside`: a position right after the name of a settlement, where a street may follow.
    """
    best: Street | None = None
    for position in range(len(reading.tokens)):
        for name, span in streets.at(reading.words, position):
            kind, called = kind_and_name(name.name)
            if taken & set(span) or said_kind(reading, span) not in (None, kind):
                continue
            house = _house(reading, span)
            if not _is_street(reading, name, span, house, beside):
                continue
            if best is None or (house and not best.house):
                best = Street(kind, called, house, name.settlements, span)
    return best


def unknown_street(reading: Reading, taken: set[int]) -> Street | None:
    """A street the map does not know, but the word before it and its capital say it is one."""
    for position, kind in _marks(reading):
        name, last = _name_after(reading, position, taken)
        if not name:
            continue
        house = house_after(_after(reading, last))
        if all(word[0].isupper() for word in name) or (house and _like_a_name(name[-1])):
            called = " ".join(word[:1].upper() + word[1:] for word in name)
            span = tuple(range(position, last + 1))
            return Street(kind, nominative(called, masculine=kind != "ул."), house, (), span)
    return None


def _is_street(
    reading: Reading, name: Name, span: Span, house: str | None, beside: int | None
) -> bool:
    before, after = reading.around(span)
    if said_kind(reading, span) is not None:
        return True
    first = reading.tokens[span[0]]
    opens = reading.opens(span[0])
    if name.short:
        return house is not None and (opens or before in AT | BY)
    if span[0] == beside:
        return True
    adjective = _describes(reading, span)
    if first.text[0].isupper():
        return bool(house) or before in AT | BY or (opens and not is_noun(after or "-"))
    if house:
        return opens or before in AT | BY or _is_as_on_the_map(reading, name, span)
    return before in _ON and not adjective and _named_after_somebody(reading, span)


def said_kind(reading: Reading, span: Span) -> str | None:
    """«Переулок» or «улица» beside the name, where it stands there."""
    for word in reading.around(span):
        if word in STREET:
            return "ул."
        if word in LANE:
            return LANE[word]
    return None


def _describes(reading: Reading, span: Span) -> bool:
    """«На красной машине», «на толстого кота»: the word only tells of the next one."""
    after = span[-1] + 1
    if after >= len(reading.tokens):
        return False
    one, other = reading.tokens[span[-1]], reading.tokens[after]
    return one.clause == other.clause and agree(one.text, other.text)


def _named_after_somebody(reading: Reading, span: Span) -> bool:
    """«На толстого» and «на полевой» are streets, «на мира» alone is not."""
    word = reading.words[span[-1]]
    return not is_noun(reading.tokens[span[-1]].text) or word.endswith(_GENITIVES)


def _is_as_on_the_map(reading: Reading, name: Name, span: Span) -> bool:
    """«Темно островского 131»: a genitive of somebody's name that stands there without a reason."""
    said = " ".join(reading.words[i] for i in span)
    return plain(kind_and_name(name.name)[1]).endswith(said) and said.endswith(_GENITIVES)


def _house(reading: Reading, span: Span) -> str | None:
    """The house behind a street, past a word like «улица» between them; or before it."""
    last = span[-1]
    if last + 1 < len(reading.tokens) and reading.words[last + 1] in KINDS:
        last += 1
    after = house_after(_after(reading, last))
    if after is not None:
        return after
    start = reading.tokens[span[0]].start
    before = _HOUSE_BEFORE.search(reading.text[max(0, start - _LOOK_BACK) : start])
    return before["house"].replace(" ", "").lower() if before else None


def _after(reading: Reading, position: int) -> str:
    end = reading.tokens[position].end
    return reading.text[end : end + _LOOK_AHEAD]


def _name_after(reading: Reading, position: int, taken: set[int]) -> tuple[list[str], int]:
    """Words right after «ул.» that may be its name, and the position of the last."""
    tokens, last = reading.tokens, position
    name: list[str] = []
    for i in range(position + 1, min(position + 1 + _LONGEST, len(tokens))):
        gap = reading.text[tokens[i - 1].end : tokens[i].start].strip()
        capital = tokens[i].text[0].isupper()
        if i in taken or gap not in ("", ".") or not (capital or not name):
            break
        if name and not _goes_on(name[-1], tokens[i].text):
            break
        if not tokens[i].text[0].isalpha():
            break
        name.append(tokens[i].text)
        last = i
        if not capital:
            break
    return name, last


def _goes_on(one: str, other: str) -> bool:
    """«Карла Маркса», «Верхняя Луговая», «Ленинского Комсомола»; not «Гайдара Весь двор»."""
    if "Name" in name_tags(one) or plain(one) in _RANKS:
        return True
    return agree(one, other) and (is_noun(other) or plain(one)[:-2] in _SIDES)


def _like_a_name(word: str) -> bool:
    return word.lower().endswith(("ая", "яя", "ой", "ую", "ова", "ева", "ина", "ого", "ый", "ий"))


def _marks(reading: Reading) -> Iterator[tuple[int, str]]:
    for position, word in enumerate(reading.words):
        if word in STREET:
            yield position, "ул."
        elif word in LANE:
            yield position, LANE[word]
