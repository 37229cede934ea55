"""Numbers in words, as people dictate them: «восемь девятьсот восемнадцать 555 двенадцать 34»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.understanding.lemmas import plain

_UNITS = ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
_TEENS = [
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
]
_TENS = [
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
]
_HUNDREDS = [
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
]
_ORDINAL = (
    r"(?:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат|тринадцат"
    r"|четырнадцат|пятнадцат|шестнадцат|семнадцат|восемнадцат|девятнадцат|двадцат|тридцат|сороков"
    r"|пятидесят|шестидесят|семидесят|восьмидесят|девяност|сот)(?:ой|ей|ая|ую)"
)


def _simple(word: str) -> str:
    """Without what is most often written wrong: «пятдесят», «восемнацать», «восимь»."""
    word = plain(word).replace("ь", "").replace("надцат", "нацат")
    return word.replace("восим", "восем").replace("девет", "девят").replace("цот", "тсот")


_VALUES = {
    **{_simple(word): n for n, word in enumerate(_UNITS)},
    **{_simple(word): n for n, word in enumerate(_TEENS, 10)},
    **{_simple(word): 10 * n for n, word in enumerate(_TENS, 2)},
    **{_simple(word): 100 * n for n, word in enumerate(_HUNDREDS, 1)},
    "нул": 0,
    "одна": 1,
    "одно": 1,
    "две": 2,
    "шесдесят": 60,
}
_WORD = re.compile(r"[а-яё]+|\d+", re.IGNORECASE)
_GAP = re.compile(r"[\s,.()\-–—]{0,4}")
_MOBILE = re.compile(r"(?:[78]?9\d{9})")
_MOST = 14
"""Words of one telephone at most: eleven digits one by one, and a few to spare."""
_LABEL = re.compile(r"(?:\bтел\w*|звон\w+|\bмоб\w*|в[ао]тсап\w*)[\s.:,№–—-]{0,4}$", re.IGNORECASE)
_FEWEST = 5
_LABEL_LENGTH = 24

_CARDINALS = (*_UNITS[2:], *_TEENS, *_TENS, *_HUNDREDS, "две", "пятдесят", "шестдесят")
CARDINAL = rf"(?:{'|'.join(_CARDINALS)})(?![а-яё])"
"""A number in words, but «один»: «одна квартира» is no number of a flat."""
_SPOKEN = re.compile(rf"(?<![а-яё]){CARDINAL}", re.IGNORECASE)
_ANY = rf"(?:{'|'.join((*_CARDINALS, 'один', 'одна'))})(?![а-яё])"
_COUNTED = (
    r"(?!\s(?:комнат|этаж|человек|чел\b|метр|м\b|тысяч|руб|год|лет\b|дн|день|час|месяц|раз\b|из\b"
    r"|недел|градус|квартир|кв|собак|кош|семь|жильц|сут|утра|вечер))"
)
_FLATS = (
    re.compile(
        rf"(?<![а-яё])кв(?:артир[ауы]|арт)?(?![а-яё])[\s.:№–—-]{{1,4}}(?:номер\s)?"
        rf"({CARDINAL}(?:\s{_ANY}){{0,2}}){_COUNTED}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![а-яё])квартире\s(?:номер\s)?({CARDINAL}(?:\s{_ANY}){{0,2}})(?=\s*(?:[,.;!?)]|$))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:в|во|из|с|со|для|от|у|над|под)\s((?:{_ANY}\s){{0,2}}{_ORDINAL})"
        r"\s(?:квартир[еуы]|квартирой|кв\b)(?!\.?\s?м)",
        re.IGNORECASE,
    ),
)


def flats(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the numbers of flats in words: «кв семь», «в сорок пятой квартире»."""
    for pattern in _FLATS if "кв" in text.lower() else ():
        for match in pattern.finditer(text):
            yield match.span(1)


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of mobile numbers with words in them, and of short ones asked to be called."""
    if _SPOKEN.search(text) is None:
        return
    run: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        said = match[0]
        if not said.isdigit() and _simple(said) not in _VALUES:
            yield from _in_run(text, run)
            run = []
            continue
        if run and _GAP.fullmatch(text, run[-1][2], match.start()) is None:
            yield from _in_run(text, run)
            run = []
        run.append((said, *match.span()))
    yield from _in_run(text, run)


def _in_run(text: str, run: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    if all(said.isdigit() for said, _, _ in run):
        return
    first = 0
    while first < len(run):
        last = _telephone(run, first)
        if last is None:
            first += 1
            continue
        yield run[first][1], run[last][2]
        first = last + 1
    before = text[max(0, run[0][1] - _LABEL_LENGTH) : run[0][1]]
    if _LABEL.search(before) and len(_digits([said for said, _, _ in run])) >= _FEWEST:
        yield run[0][1], run[-1][2]


def _telephone(run: list[tuple[str, int, int]], first: int) -> int | None:
    """The last word of the mobile number that begins with this one."""
    for last in range(min(len(run), first + _MOST) - 1, first, -1):
        if _MOBILE.fullmatch(_digits([said for said, _, _ in run[first : last + 1]])):
            return last
    return None


def _digits(words: list[str]) -> str:
    """«Девятьсот восемнадцать» is 918, «пять пять» 55, «ноль пять» 05."""
    parts: list[str] = []
    room = 0
    for word in words:
        value = int(word) if word.isdigit() else _VALUES[_simple(word)]
        if parts and 0 < value < room and not word.startswith("0"):
            parts[-1] = str(int(parts[-1]) + value)
        else:
            parts.append(word if word.isdigit() else str(value))
        room = 0 if word.isdigit() else _room_after(value)
    return "".join(parts)


def _room_after(value: int) -> int:
    """What may still be added: below a hundred after «девятьсот», below ten after «двадцать»."""
    if value >= 100:
        return 100
    return 10 if value >= 20 else 0
