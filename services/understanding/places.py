"""Where it is: settlements, their parts, streets and houses, as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.municipality import Municipality, Settlement
from services.understanding.houses import house_after
from services.understanding.lemmas import Token, is_noun, plain
from services.understanding.model import Place
from services.understanding.names import forms_of, nominative, rare_name

_STREET = {"ул", "улица", "улице", "улицу", "улицы", "улицей", "улиц", "улицах"}
_LANE = {"пер": "пер.", "переулок": "пер.", "переулке": "пер.", "переулка": "пер."}
_LANE |= {"проспект": "пр-т", "проспекте": "пр-т", "бульвар": "б-р", "бульваре": "б-р"}
_LANE |= {"проезд": "проезд", "проезде": "проезд"}
_PART = {"мкр", "микрорайон", "микрорайоне", "микрорайона", "мкрн", "район", "районе", "района"}
_VILLAGE = {"село", "селе", "села", "с", "пос", "поселок", "поселке", "поселка", "хутор", "хуторе"}
_VILLAGE |= {"город", "городе", "города", "г", "п", "станица", "станице", "х"}
_AT = {"в", "во", "на", "по", "с", "со", "у", "от", "до", "из", "около", "возле", "между", "за"}
_BY = {"угол", "углу", "перекресток", "перекрестке", "и", "вдоль", "напротив", "мимо", "под", "к"}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the municipality's map and the settlements that have it."""

    name: str
    forms: tuple[frozenset[str], ...]
    settlements: tuple[str, ...]


_Names = dict[str, list[_Name]]


class PlaceIndex:
    """The names of a municipality's map, ready to be looked up in a text."""

    def __init__(self, municipality: Municipality) -> None:
        self._town = municipality.name
        self._settlements = municipality.settlements
        every = tuple(municipality.settlements.values())
        self._villages = _names((s.name, s.name) for s in every)
        self._parts = _names((part, s.name) for s in every for part in s.microdistricts)
        self._streets = _names((street, s.name) for s in every for street in s.streets)

    def find(self, text: str, tokens: tuple[Token, ...]) -> tuple[Place | None, frozenset[int]]:
        """The place a text names best, and the positions of the names.

        Best is a street with a house, then a street, a part of a town, a settlement. The names say
        nothing of the topic: «ул. Пожарная» is no fire.
        """
        taken: set[int] = set()
        return self._place(text, tokens, taken), frozenset(taken)

    def _place(self, text: str, tokens: tuple[Token, ...], taken: set[int]) -> Place | None:
        village = self._first(self._villages, tokens, _VILLAGE, taken)
        part = self._first(self._parts, tokens, _PART, taken)
        named = village or part
        inside = named.settlements[0] if named else None
        street = self._street(text, tokens, taken) or _unknown_street(text, tokens, taken)
        if street is not None:
            taken |= set(street.span)
            return self._with_street(street, inside, part)
        if named is None:
            return None
        settlement = self._settlements[named.settlements[0]]
        words = (part or named).name
        if part and settlement.name != self._town:
            words = f"{settlement.name}, {words}"
        return Place(words, settlement.name, None, None, settlement.territory)

    def _first(
        self, names: _Names, tokens: tuple[Token, ...], marks: set[str], taken: set[int]
    ) -> _Name | None:
        for position, token in enumerate(tokens):
            for name in names.get(plain(token.text), ()):
                span = _span(name, tokens, position)
                if span and not taken & set(span) and _surely(name, tokens, span, marks):
                    taken |= set(span)
                    return name
        return None

    def _street(self, text: str, tokens: tuple[Token, ...], taken: set[int]) -> _Found | None:
        best: _Found | None = None
        for position, token in enumerate(tokens):
            for name in self._streets.get(plain(token.text), ()):
                span = _span(name, tokens, position)
                if not span or taken & set(span):
                    continue
                house = _house(text, tokens, span)
                if _is_street(name, tokens, span, house) and (
                    best is None or (house and not best.house)
                ):
                    best = _Found("ул.", name.name, house, name.settlements, span)
        return best

    def _with_street(self, street: _Found, inside: str | None, part: _Name | None) -> Place:
        homes = street.settlements
        ambiguous: tuple[str, ...] = ()
        if inside is None and len(homes) == 1:
            inside = homes[0]
        elif inside is None:
            ambiguous = homes
        settlement: Settlement | None = self._settlements[inside] if inside else None
        words = f"{street.kind} {street.name}" + (f", {street.house}" if street.house else "")
        if part is not None:
            words = f"{part.name}, {words}"
        if settlement is not None and settlement.name != self._town:
            words = f"{settlement.name}, {words}"
        territory = settlement.territory if settlement else None
        return Place(words, inside, street.name, street.house, territory, ambiguous)


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    name: str
    house: str | None
    settlements: tuple[str, ...]
    span: tuple[int, ...]


def _names(pairs: Iterable[tuple[str, str]]) -> _Names:
    """Names by every form of their first word, those of more words first."""
    homes: dict[str, list[str]] = {}
    for name, settlement in pairs:
        homes.setdefault(name, []).append(settlement)
    index: _Names = {}
    for name in sorted(homes, key=lambda name: (-len(name.split()), name)):
        known = _Name(name, forms_of(name), tuple(homes[name]))
        for form in known.forms[0]:
            index.setdefault(form, []).append(known)
    return index


def _span(name: _Name, tokens: tuple[Token, ...], position: int) -> tuple[int, ...]:
    """Positions of the name's words from `position` on, or nothing."""
    span = tuple(range(position, position + len(name.forms)))
    if span[-1] >= len(tokens):
        return ()
    fits = zip(span, name.forms, strict=True)
    return span if all(plain(tokens[i].text) in forms for i, forms in fits) else ()


def _near(tokens: tuple[Token, ...], span: tuple[int, ...]) -> tuple[str, str]:
    before = plain(tokens[span[0] - 1].text) if span[0] else ""
    after = plain(tokens[span[-1] + 1].text) if span[-1] + 1 < len(tokens) else ""
    return before, after


def _surely(name: _Name, tokens: tuple[Token, ...], span: tuple[int, ...], marks: set[str]) -> bool:
    """A name that is also a common word needs a mark, or a capital inside a sentence."""
    before, after = _near(tokens, span)
    if rare_name(name.name) or before in marks - {"с", "п", "х", "г"}:
        return True
    capital = tokens[span[0]].text[0].isupper()
    if len(span) > 1:
        return capital or before in _AT or span[0] == 0
    if capital and before in _AT | marks:
        return True
    if _alone(tokens, span) and (capital or span[0] == 0):
        return True
    return before in {"в", "на", "из"} and name.name[0] not in "СЮЗЦ" and not is_noun(after or "-")


def _alone(tokens: tuple[Token, ...], span: tuple[int, ...]) -> bool:
    """«Кабардинка, яма на дороге»: the name is a clause of its own."""
    clause = tokens[span[0]].clause
    return [i for i, token in enumerate(tokens) if token.clause == clause] == list(span)


def _is_street(
    name: _Name, tokens: tuple[Token, ...], span: tuple[int, ...], house: str | None
) -> bool:
    before, after = _near(tokens, span)
    if before in _STREET or before in _LANE or after in _STREET:
        return True
    first = tokens[span[0]]
    opens = span[0] == 0 or tokens[span[0] - 1].clause != first.clause
    if first.text[0].isupper():
        return bool(house) or before in _AT | _BY or (opens and not is_noun(after or "-"))
    if house:
        return opens or before in _AT | _BY
    return before in {"на", "по"} and _stands_alone(tokens, span)


def _stands_alone(tokens: tuple[Token, ...], span: tuple[int, ...]) -> bool:
    """«На толстого» is a street, «на толстого кота» and «на мира» alone are not."""
    after = span[-1] + 1
    word = tokens[span[-1]].text
    if is_noun(word) and not word.endswith(("ого", "ова", "ева", "ина")):
        return False
    same = after < len(tokens) and tokens[after].clause == tokens[span[-1]].clause
    return not (same and is_noun(tokens[after].text))


def _house(text: str, tokens: tuple[Token, ...], span: tuple[int, ...]) -> str | None:
    """The house behind a street, past a word like «улица» that may stand between."""
    end = tokens[span[-1]].end
    if span[-1] + 1 < len(tokens) and plain(tokens[span[-1] + 1].text) in _STREET:
        end = tokens[span[-1] + 1].end
    return house_after(text[end : end + 40])


def _unknown_street(text: str, tokens: tuple[Token, ...], taken: set[int]) -> _Found | None:
    """A street the map does not know, but the word before it and its capital say it is one."""
    for position, kind in _marks(tokens):
        name: list[str] = []
        last = position
        for i in range(position + 1, min(position + 4, len(tokens))):
            gap = text[tokens[i - 1].end : tokens[i].start].strip()
            if i in taken or not tokens[i].text[0].isupper() or gap not in ("", "."):
                break
            name.append(tokens[i].text)
            last = i
        if name:
            house = house_after(text[tokens[last].end : tokens[last].end + 40])
            span = tuple(range(position, last + 1))
            return _Found(kind, nominative(" ".join(name)), house, (), span)
    return None


def _marks(tokens: tuple[Token, ...]) -> Iterator[tuple[int, str]]:
    for position, token in enumerate(tokens):
        word = plain(token.text)
        if word in _STREET:
            yield position, "ул."
        elif word in _LANE:
            yield position, _LANE[word]
