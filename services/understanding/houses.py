"""House numbers: «12», «12а», «5/2», «12 к. 1», and what only looks like one."""

from __future__ import annotations

import re

_BEFORE = r"\s*,?\s*(?:(?:у|около|возле|напротив|перед|за|в|рядом\s+с)\s+)?"
_MARK = r"(?P<mark>(?:д\.|д(?=\s|\d)|дом(?:а|е|ом|у)?\b|№)\s*№?\s*)?"
_NUMBER = r"(?P<number>\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?-?(?!к\s?\d)[а-яё](?![а-яё]))?)"
_PART = r"(?P<part>\s?,?\s?(?:к\.?|корп\.?|корпус|стр\.?|строение)\s?\d{1,2})?"
_HOUSE = re.compile(
    rf"{_BEFORE}{_MARK}{_NUMBER}{_PART}(?!\d|-(?!\[))(?!\.\d)(?!:\d)", re.IGNORECASE
)
_ALONE = set("аивскоуя")
"""Letters that are words of their own: «Мира 5 и Горького» is house 5, not «5и»."""
_MEASURE = re.compile(
    r"\s*(?:-?(?:й|ый|я|ая|го|ой|е)\b|д(?:ень|ня|ней)\b|час|минут|недел|месяц|год|лет\b|раз\b|сут"
    r"|человек|метр|м\b|км\b|машин|ям\b|ямы|руб|%|этаж|подъезд(?!\s?№?\s?\d)|квартир|дома?\b|домов|фонар|столб"
    r"|собак|бак|контейнер|утра|вечера|ноч)",
    re.IGNORECASE,
)


def house_after(text: str) -> str | None:
    """The house number a text begins with, if it does."""
    match = _HOUSE.match(text)
    if match is None:
        return None
    number, rest = match["number"], text[match.end() :]
    if _is_word(number, rest):
        number, rest = number[:-2], text[match.start("number") + len(number) - 2 :]
    if not match["mark"] and not match["part"] and _MEASURE.match(rest):
        return None
    part = re.sub(r"\D", "", match["part"] or "")
    number = re.sub(r"[\s-]", "", number).lower()
    return f"{number} к. {part}" if part else number


def _is_word(number: str, rest: str) -> bool:
    """A lone letter after a space is a part of the number only where the thought ends."""
    lone = number[-1].lower() in _ALONE and number[-2:-1].isspace()
    return lone and bool(rest.strip()) and rest.lstrip()[0] not in ",.;!?)"
