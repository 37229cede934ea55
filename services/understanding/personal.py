"""Masking of personal data by pattern, before any card is shown (domain.md §8).

Only what the pattern and its check digits make sure of: a house number, a case number, a date or an
emergency number stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PHONE = "[телефон]"
EMAIL = "[почта]"
CARD = "[карта]"
DOCUMENT = "[документ]"

_GAP = r"[ \u00a0\u2011\u2013.\-]{1,2}"
_ANY_GAP = r"[ \u00a0\u2011\u2013.()\-]{0,3}"
_NUMBER_WORD = r"(?:\s*[№#:]\s*|\s*,?\s*(?:номер|ном\.?|no?\.?|№)\s*:?\s*|[\s,]{0,3})"

_EMAIL = re.compile(r"[\w.+%\-]+@[\w\-]+(?:\.[\w\-]+)*\.\w{2,}", re.IGNORECASE)
_CARDS = (
    re.compile(r"(?<!\d)\d{13,19}(?!\d)"),
    re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{1,3}}(?!\d)"),
    re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"),
    re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{6}}{_GAP}\d{{4,5}}(?!\d)"),
)
_SNILS = re.compile(rf"(?<!\d)\d{{3}}(?:{_GAP})?\d{{3}}(?:{_GAP})?\d{{3}}(?:{_GAP})?\d{{2}}(?!\d)")
_SNILS_NAMED = re.compile(r"(снилс\D{0,20}?)\d(?:[ \-]{0,2}\d){10}(?!\d)", re.IGNORECASE)
_INN = re.compile(r"(?<!\d)(?:\d{12}|\d{10})(?!\d)")
_INN_NAMED = re.compile(r"(\bинн\D{0,20}?)(?:\d(?: ?\d){11}|\d(?: ?\d){9})(?!\d)", re.IGNORECASE)
_PASSPORT = re.compile(
    rf"(?<!\d)(?:\d{{2}}[ \u00a0]\d{{2}}|\d{{4}})(?=\D){_NUMBER_WORD}\d{{6}}(?!\d)", re.IGNORECASE
)
_PASSPORT_NAMED = re.compile(
    rf"((?:паспорт|серия|серии)\D{{0,40}}?)\d{{2}}[ \u00a0]?\d{{2}}{_NUMBER_WORD}\d{{6}}(?!\d)",
    re.IGNORECASE,
)
_PHONES = (
    re.compile(rf"(?<![\d+])\+\d(?:{_ANY_GAP}\d){{9,13}}(?!\d)"),
    re.compile(rf"(?<!\d)[78](?:{_ANY_GAP}\d){{10}}(?!\d)"),
    re.compile(rf"(?<!\d)9\d{{2}}(?:{_ANY_GAP}\d){{7}}(?!\d)"),
    re.compile(r"\(\d{3,5}\)(?:[ \u00a0\-]{0,2}\d){5,7}(?!\d)"),
    re.compile(r"(?<!\d)[348]\d{2,4}[ \u00a0\-]{1,2}\d{1,3}[ \-]\d{2}[ \-]\d{2}(?!\d)"),
    re.compile(r"(?<![\d\-])\d{3}-\d{2}-\d{2}(?![\d\-])"),
)
_SHORT_PHONE = re.compile(r"(?<![\d\-/])\d{1,2}-(\d{2})-\d{2}(?![\d\-])")
_PHONE_NAMED = re.compile(
    r"(\b(?:тел|телефон\w*|моб|мобильн\w*|звоните|позвоните|whatsapp|ватсап\w*)\b[\s.:№-]{0,4})"
    r"\d(?:[ \-()]{0,2}\d){4,10}(?!\d)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}")
_MONTHS = 12


def mask(text: str) -> str:
    """The text with phones, e-mails, bank cards and documents replaced by a word in brackets."""
    text = _EMAIL.sub(EMAIL, text)
    for pattern in _CARDS:
        text = _replace(text, pattern, CARD, _luhn)
    text = _PASSPORT_NAMED.sub(rf"\1{DOCUMENT}", text)
    text = _SNILS_NAMED.sub(rf"\1{DOCUMENT}", text)
    text = _INN_NAMED.sub(rf"\1{DOCUMENT}", text)
    text = _replace(text, _SNILS, DOCUMENT, _snils)
    text = _replace(text, _INN, DOCUMENT, _inn)
    for pattern in _PHONES:
        text = _replace(text, pattern, PHONE, lambda found: _DATE.search(found) is None)
    text = _PHONE_NAMED.sub(rf"\1{PHONE}", text)
    text = _replace(text, _SHORT_PHONE, PHONE, _not_a_date)
    return _PASSPORT.sub(DOCUMENT, text)


_LOOSE = re.compile(rf"(?<!\d)\+?\d(?:{_ANY_GAP}\d){{4,14}}(?!\d)")
"""Where a telephone is what was asked for, five digits are one."""


def take_phones(text: str) -> tuple[tuple[str, ...], str]:
    """Every telephone of a line that was asked for one, in order; and the line without them."""
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        found.append(match[0].strip())
        return " "

    rest = text
    for pattern in (*_PHONES, _SHORT_PHONE, _LOOSE):
        rest = pattern.sub(keep, rest)
    return tuple(sorted(found, key=text.find)), rest


def _replace(text: str, pattern: re.Pattern[str], label: str, valid: Callable[[str], bool]) -> str:
    """Like `sub`, but a rejected match is searched again from its second character."""
    parts, done, position = [], 0, 0
    while match := pattern.search(text, position):
        if valid(match[0]):
            parts += [text[done : match.start()], label]
            done = position = match.end()
        else:
            position = match.start() + 1
    return "".join([*parts, text[done:]])


def _digits(text: str) -> list[int]:
    return [int(char) for char in text if char.isdigit()]


def _luhn(text: str) -> bool:
    """The check digit of a bank card."""
    doubled = [
        sum(divmod(digit * 2, 10)) if index % 2 else digit
        for index, digit in enumerate(reversed(_digits(text)))
    ]
    return any(doubled) and sum(doubled) % 10 == 0


def _snils(text: str) -> bool:
    """The check number of an insurance number: the last two of eleven digits."""
    digits = _digits(text)
    total = sum(digit * (9 - index) for index, digit in enumerate(digits[:9]))
    return any(digits) and total % 101 % 100 == digits[9] * 10 + digits[10]


def _inn(text: str) -> bool:
    """The check digit (ten digits) or digits (twelve) of a taxpayer number."""
    digits = _digits(text)
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

    def check(size: int) -> bool:
        used = zip(digits[:size], weights[-size:], strict=True)
        return sum(digit * weight for digit, weight in used) % 11 % 10 == digits[size]

    return any(digits) and (check(9) if len(digits) == 10 else check(10) and check(11))


def _not_a_date(text: str) -> bool:
    day, month, _ = (int(part) for part in text.split("-"))
    return not (1 <= day <= 31 and 1 <= month <= _MONTHS)
