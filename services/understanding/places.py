"""Where it is: settlements, their parts, streets and houses, as people write them."""

from __future__ import annotations

from dataclasses import replace

from services.municipality import Municipality
from services.understanding.crossings import Crossing, crossing
from services.understanding.gazetteer import Gazetteer, Name, Span, Spelling
from services.understanding.landmarks import Landmark, landmark
from services.understanding.lemmas import Token, agree, is_noun
from services.understanding.model import Place
from services.understanding.names import kind_and_name, rare_name
from services.understanding.streets import (
    AT,
    Reading,
    Street,
    known_street,
    unknown_street,
)

_PART = {"мкр", "микрорайон", "микрорайоне", "микрорайона", "мкрн", "район", "районе", "района"}
_VILLAGE = {"село", "селе", "села", "с", "пос", "поселок", "поселке", "поселка", "хутор", "хуторе"}
_VILLAGE |= {"город", "городе", "города", "г", "п", "станица", "станице", "х"}
_LETTERS = {"с", "п", "х", "г"}
_FOLLOW = {"без", "нет", "не", "ул", "улица", ""}
"""After the name of a village at the beginning of a thought: «Кабардинка без воды»."""


class PlaceIndex:
    """The names of a municipality's map, ready to be looked up in a text."""

    def __init__(self, municipality: Municipality) -> None:
        self._town = municipality.name
        self._settlements = municipality.settlements
        every = tuple(municipality.settlements.values())
        self._villages = Gazetteer(
            (called, s.name, s.name) for s in every for called in (s.name, *s.aliases)
        )
        self._parts = Gazetteer((part, part, s.name) for s in every for part in s.microdistricts)
        self._streets = Gazetteer(
            ((kind_and_name(street)[1], street, s.name) for s in every for street in s.streets),
            short=True,
        )
        self._spelling = Spelling((self._villages, self._parts, self._streets))

    def find(self, text: str, tokens: tuple[Token, ...]) -> tuple[Place | None, frozenset[int]]:
        """The place a text names best, and the positions of the names.

        Best is a street with a house, then a street, a part of a town, a settlement. The names say
        nothing of the topic: «ул. Пожарная» is no fire.
        """
        taken: set[int] = set()
        reading = Reading(text, tokens, self._spelling.words_of(tokens))
        return self._place(reading, taken), frozenset(taken)

    def _place(self, reading: Reading, taken: set[int]) -> Place | None:
        village = self._first(self._villages, reading, _VILLAGE, taken)
        beside = max(taken) + 1 if village else None
        part = self._first(self._parts, reading, _PART, taken)
        named = village or part
        inside = named.settlements[0] if named else None
        corner = crossing(reading, self._streets, taken)
        if corner is not None:
            taken |= set(corner.span)
            return self._at_corner(corner, inside, part)
        street = known_street(reading, self._streets, taken, beside)
        street = street or unknown_street(reading, taken)
        if street is not None:
            taken |= set(street.span)
            return self._with_street(street, inside, part)
        spot = landmark(reading, taken)
        # Its words stay for topic and urgency: «рядом со школой» is more than a place.
        if spot is not None:
            return self._with_landmark(spot, inside, part)
        if named is None:
            return None
        settlement = self._settlements[named.settlements[0]]
        words = (part or named).name
        if part and settlement.name != self._town:
            words = f"{settlement.name}, {words}"
        return Place(words, settlement.name, None, None, settlement.territory)

    def _first(
        self, names: Gazetteer, reading: Reading, marks: set[str], taken: set[int]
    ) -> Name | None:
        for position in range(len(reading.tokens)):
            for name, span in names.at(reading.words, position):
                if not taken & set(span) and self._surely(name, reading, span, marks):
                    taken |= set(span)
                    return name
        return None

    def _surely(self, name: Name, reading: Reading, span: Span, marks: set[str]) -> bool:
        """A name that is also a common word needs a mark, or a capital inside a sentence."""
        before, after = reading.around(span)
        if rare_name(name.name) or before in marks - _LETTERS or reading.words[span[0]].isdigit():
            return True
        text, opens = reading.tokens[span[0]].text, reading.opens(span[0])
        capital = text[0].isupper()
        if len(span) > 1:
            return capital or before in AT or opens
        if after in marks and agree(text, after):
            return True
        if capital and before in AT | marks:
            return True
        if reading.alone(span) and (capital or span[0] == 0):
            return True
        if opens and is_noun(text) and (after in _FOLLOW or self._begins_a_street(reading, span)):
            return True
        common = name.name[0] in "СЮЗЦ"
        return before in {"в", "на", "из"} and not common and not is_noun(after or "-")

    def _begins_a_street(self, reading: Reading, span: Span) -> bool:
        """«Кабардинка Мира 5»."""
        after = span[-1] + 1
        if after >= len(reading.words):
            return False
        return next(self._streets.at(reading.words, after), None) is not None

    def _with_landmark(self, spot: Landmark, inside: str | None, part: Name | None) -> Place:
        settlement = self._settlements[inside] if inside else None
        words = spot.text
        if part is not None:
            words = f"{part.name}, {words}"
        if settlement is not None and settlement.name != self._town:
            words = f"{settlement.name}, {words}"
        territory = settlement.territory if settlement else None
        return Place(words, inside, None, None, territory, landmark=spot.key)

    def _at_corner(self, corner: Crossing, inside: str | None, part: Name | None) -> Place:
        place = self._on_a_street(corner.words, corner.homes, inside, part)
        return replace(place, street=corner.one.name, cross=corner.other.name)

    def _with_street(self, street: Street, inside: str | None, part: Name | None) -> Place:
        words = f"{street.kind} {street.name}" + (f", {street.house}" if street.house else "")
        place = self._on_a_street(words, street.settlements, inside, part)
        return replace(place, street=street.name, house=street.house)

    def _on_a_street(
        self, words: str, homes: tuple[str, ...], inside: str | None, part: Name | None
    ) -> Place:
        ambiguous: tuple[str, ...] = ()
        if inside is None and len(homes) == 1:
            inside = homes[0]
        elif inside is None:
            ambiguous = homes
        settlement = self._settlements[inside] if inside else None
        if part is not None:
            words = f"{part.name}, {words}"
        if settlement is not None and settlement.name != self._town:
            words = f"{settlement.name}, {words}"
        territory = settlement.territory if settlement else None
        return Place(words, inside, None, None, territory, ambiguous)
