"""Number plates of cars and numbers of flats in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = r"[ \t\u00a0\u2009\u202f]"
_LETTER = "[АВЕКМНОРСТУХABEKMHOPCTYX]"
_SMALL = "[авекмнорстухabekmhopctyxАВЕКМНОРСТУХABEKMHOPCTYX]"
_REGION = r"\d{2,3}(?!\d)"
_PLATES = (
    re.compile(
        rf"(?<!\w){_LETTER}{_SPACE}?\d{{3}}{_SPACE}?{_LETTER}{{2}}(?:[ /|-]?{_REGION})?(?!\w)"
    ),
    re.compile(rf"(?<!\w){_SMALL}\d{{3}}{_SMALL}{{2}}(?:[ /|-]?{_REGION})?(?!\w)"),
    re.compile(rf"(?<!\w){_SMALL}{_SPACE}\d{{3}}{_SPACE}?{_SMALL}{{2}}[ /|-]?{_REGION}(?!\w)"),
    re.compile(rf"(?<!\w){_LETTER}{{2}}{_SPACE}?\d{{3,4}}{_SPACE}?{_REGION}(?!\w)"),
    re.compile(rf"(?<!\w)\d{{4}}{_SPACE}?{_LETTER}{{2}}{_SPACE}?{_REGION}(?!\w)"),
    re.compile(
        rf"(?:гос\.?\s?номер\w*|г/н|госзнак\w*|рег\.?\s?знак\w*|авто\w*|машин\w*|номер\w*)[\s:№«\"-]*"
        rf"({_SMALL}{_SPACE}?\d{{3}}{_SPACE}?{_SMALL}{{2}}(?:{_SPACE}?{_REGION})?)(?!\w)",
        re.IGNORECASE,
    ),
)
_MAYBE_PLATE = re.compile(rf"(?<!\w){_SMALL}{{1,2}}{_SPACE}?\d{{3}}|\d{{4}}{_SPACE}?{_LETTER}{{2}}")
"""A text without one of these has no plate: the patterns themselves are slow."""
_NOT_FLATS = (
    r"(?!\s?-?(?:м\b|м2|м²|метр|кв\.?\s?м|комнат|этаж|домов|человек|тыс|руб|%|год|градус|°"
    r"|[cс]\s?[°•]|гр\b|\d))"
)
_FLATS = (
    re.compile(
        rf"\b(?:кв(?:артир[аеуы]|артирой|-р[аеуы])?)(?![а-яё])[\s.:№-]{{0,4}}(?:номер\s)?"
        rf"(?!20\d\d)(\d{{1,4}}(?:-?[а-г](?![а-яё]))?){_NOT_FLATS}(?!\d|[.,]\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.,/-])(\d{1,4})(?:-?(?:й|ой|ая|я))?\s(?:квартир[аеу]|квартирой|кв\b(?!-|\.?\s?(?:м|год)))(?![а-яё])"
        r"(?!\.?\s*(?:№|номер)?\s*\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:из|с|от|для|у|жильц\w+|сосед\w*|хозя\w+|жител\w+)\s(\d{1,4})(?:-?(?:й|ой))?\sквартиры\b",
        re.IGNORECASE,
    ),
)


def plates(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what reads like a Russian number plate."""
    return _spans(text, _PLATES if _MAYBE_PLATE.search(text) else ())


def flats(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the numbers of flats, without the word «квартира» itself."""
    return _spans(text, _FLATS if "кв" in text.lower() else ())


def _spans(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield match.span(pattern.groups)
