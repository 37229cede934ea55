"""Number plates and VINs of cars, and numbers of flats in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.understanding import spoken

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
_VIN = re.compile(r"(?<!\w)(?=[A-Z]*\d)(?=\d*[A-Z])[A-HJ-NPR-Z\d]{17}(?!\w)")
_VIN_NAMED = re.compile(
    r"(?<!\w)(?:vin|вин)(?:[\s-]?(?:код|номер)\w*)?[\s:№-]{0,3}([A-Za-zА-Яа-я\d]{17})(?!\w)",
    re.IGNORECASE,
)
_MAYBE_VIN = re.compile(r"\w{17}")
_NOT_FLATS = (
    r"(?!\s?-?(?:м\b|м2|м²|метр|кв\.?\s?м|комнат|этаж|домов|человек|тыс|руб|%|год|градус|°"
    r"|[cс]\s?[°•]|гр\b))"
)
_NO_MORE = (
    r"(?![\d/:]|\.\d|[а-яё]|[\s(-]*\d)(?!\s?-?(?:этаж|эт\b|подъезд|под\b|дн|день|сут|час|недел|месяц|год"
    r"|лет\b|раз\b|чел|комн|м\b|м2|метр|кв|руб|тыс|%|градус|°|дом|дет|янв|фев|мар|апр|мая|июн|июл|авг"
    r"|сен|окт|ноя|дек|й\b|ый|го\b|ого|я\b))"
)
_LISTED = (
    rf"(?:(?:,|\sи\s|\s?[-–—]\s?)\d{{1,4}}{_NO_MORE}"
    r"|,\s\d{1,4}(?=\s*(?:[,;.!?)](?!\d)|$)|\s(?:и|без|не|нет)\b))*"
)
"""«Квартиры 12, 14 и 45», but not «кв. 12, 3 этаж»."""
_FLATS = (
    re.compile(
        rf"(?<![а-яё])(?:кв(?:артир[аеуы]|артирой|артира[мх]|арт?|-р[аеуы])?|апарт(?:амент\w{{0,3}})?)"
        rf"(?![а-яё])[\s.:№–—-]{{0,5}}(?:(?:под\s)?номер(?:ом)?\s)?"
        rf"(?!20\d\d)(\d{{1,4}}(?:/\d{{1,2}}(?!\d))?(?:-?[а-г](?![а-яё]))?{_NOT_FLATS}(?!\d|\.\d|,\d+\s?(?:м|кв)){_LISTED})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.,/-])(\d{1,4})(?:-?(?:й|ой|ая|я))?\s(?:квартир[аеу]|квартирой|кв\b(?!-|\.?\s?(?:м|год|эт|тек|сл|про)))(?![а-яё])"
        rf"(?!\.?\s*(?:№|номер)?\s*(?:\d|{spoken.CARDINAL}))",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.,/-])(\d{1,4}-?(?:й|ой)(?:(?:,\s?|\sи\s)\d{1,4}-?(?:й|ой))+)\sквартир(?:ах|ы|ам)(?![а-яё])",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:из|с|от|для|у|жильц\w+|сосед\w*|хозя\w+|жител\w+)\s(\d{1,4})(?:-?(?:й|ой))?\sквартиры\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:жил[еь]ц\w*|сосед\w*|хозя\w+|жител\w+)\s(?:из|с)\s(\d{1,4})-?(?:й|ой)(?![а-яё])"
        r"(?!\s?(?:подъезд|дом|этаж|школ|лини|улиц|по\b))",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![a-z])(?:flat|apt|apartment|kv)\b[\s.#№]{0,3}(\d{1,4})(?!\d)", re.IGNORECASE),
)
_NAMES = (
    r"(?:[А-ЯЁ][а-яё]+(?:ая|яя|ой|ую|ого|его|ов|ова|ева|[её]ва|ина|ына|ко)|Мира|Победы|Гоголя|Свободы"
    r"|Дружбы|Труда|Маркса|Октября|Марта|Мая|Гагарина|Революции|Советов|Декабристов|Герцена|Шмидта)"
)
_STREET = (
    r"(?:(?i:(?<![а-яё])(?:ул(?:иц[аеуы]|\.)?|пер(?:еул[а-я]*|\.)?|пр-к?т|просп\w*|б-р|бульвар\w*|проезд\w*))\.?\s?"
    rf"[\w-]+(?:\s[\w-]+)??|{_NAMES})"
)
_HOUSE_AND_FLAT = re.compile(
    rf"{_STREET},?\s(?:д(?:ом)?\.?\s?)?(?P<house>\d{{1,3}})[а-гА-Г]?(?:/\d{{1,2}})?\s?[-–—]\s?"
    r"(?P<flat>[1-9]\d{0,2})(?![\d/:а-яё-]|\.\d|,\d|\s?(?:утра|вечера|ночи|м|метр|час|дом|лет|дн|год|раз|эт)[а-я]*\b)"
)
_MAYBE_BEHIND = re.compile(r"\d[а-гА-Г]?\s?[-–—]\s?\d")
_MOST_HOUSES = 20
"""«Мира 12-14» is two houses, «Мира 12-45» and «Мира 12-5» a house and a flat."""
_MAYBE_FLAT = re.compile(r"кв|апарт|сосед|жил[еь]ц|хозя|жител|flat|apt|apartment|kv", re.IGNORECASE)


def plates(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what reads like a Russian number plate."""
    yield from _spans(text, _PLATES if _MAYBE_PLATE.search(text) else ())
    if _MAYBE_VIN.search(text):
        yield from _spans(text, (_VIN, _VIN_NAMED))


def flats(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the numbers of flats, without the word «квартира» itself."""
    yield from spoken.flats(text)
    yield from _spans(text, _FLATS if _MAYBE_FLAT.search(text) else ())
    yield from _behind_houses(text)


def _behind_houses(text: str) -> Iterator[tuple[int, int]]:
    """«Ул. Мира 12-45»: a second number that is too far from the first to be the end of a row.

    Where it could be a house, it stays: the place of a trouble is worth more than a guess.
    """
    for match in _HOUSE_AND_FLAT.finditer(text) if _MAYBE_BEHIND.search(text) else ():
        house, flat = int(match["house"]), int(match["flat"])
        if not house < flat <= house + _MOST_HOUSES:
            yield match.span("flat")


def _spans(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield match.span(pattern.groups)
