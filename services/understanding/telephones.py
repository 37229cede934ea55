"""Telephones in a text: mobile numbers, those of a town, and which of them everybody may know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from services.understanding import digits

Span = tuple[int, int]

_SPACE = r"[ \t\u00a0\u2009\u202f]"
_ANY_GAP = rf"(?:{digits.GAP}|[()]){{0,3}}"
_MOBILE = re.compile(rf"(?<!\d)(?:\+{_SPACE}?)?[78]{_ANY_GAP}9(?:{_ANY_GAP}\d){{9}}(?!\d)")
_PHONES = (
    re.compile(rf"(?<![\d+])\+{_SPACE}?\d(?:{_ANY_GAP}\d){{9,13}}(?!\d)"),
    re.compile(rf"(?<!\d)[78](?:{_ANY_GAP}\d){{10}}(?!\d)"),
    re.compile(rf"(?<!\d)(?:\(9\d\d\)|9\d\d)(?:{_ANY_GAP}\d){{7}}(?!\d)"),
    re.compile(r"\(\d{3,5}\)(?:[ \u00a0\-]{0,2}\d){5,7}(?!\d)"),
    re.compile(r"(?<!\d)[348]\d{2,4}[ \u00a0\-]{1,2}\d{1,3}[ \-]\d{2}[ \-]\d{2}(?!\d)"),
    re.compile(r"(?<![\d\-])\d{3}-\d{2}-\d{2}(?![\d\-])"),
)
_TOLL_FREE = re.compile(rf"(?<!\d)(?:\+?7|8){_ANY_GAP}800(?:{_ANY_GAP}\d){{7}}(?!\d)")
"""Nobody's own: a hotline or a shop."""
_SERVICE = re.compile(
    r"(?:едд?с|мчс|полици\w*|дежурн\w* (?:служб|част)\w*|диспетчер\w*|аварийн\w*(?: служб\w*)?"
    r"|горяч\w+ лини\w+|при[её]мн\w+|регистратур\w*|администраци\w*|водоканал\w*|горгаз\w*)"
    r"(?: города| района)?[\s\d()+:№.,–—-]{1,20}$",
    re.IGNORECASE,
)
"""Whoever answers there is on duty; a mobile number is somebody's even so."""
_LETTER_DIGIT = re.compile(r"(?<=\d)[OОoоIlІ](?=\d)")
"""«8-9I8-…»: a letter typed for a digit."""
_SUM = re.compile(r"\s*(?:руб|₽|тыс\b|млн)", re.IGNORECASE)
_SHORT_PHONE = re.compile(r"(?<![\d\-/])\d{1,2}-(\d{2})-\d{2}(?![\d\-])")
_PHONE_NAMED = re.compile(
    r"\b(?:тел|телефон\w*|моб|мобильн\w*|звоните|позвоните|whatsapp|ватсап\w*)\b[\s.:№-]{0,4}"
    r"(\d(?:[ \-()]{0,2}\d){4,10})(?!\d)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}")
_MONTHS = 12
_FEWEST = 5
_LABEL, _SERVICE_LABEL = 24, 50
_LOCAL = 10
"""Digits of a telephone without «8» or «+7»."""
_OFFICIAL = re.compile(
    r"(?:обращени\w*|заявк\w*|заявлени\w*|договор\w*|сч[её]т\w*|номер\w*|вх|исх|квитанци\w*|дел[оау]"
    r"|заказ\w*|талон\w*|протокол\w*|постановлени\w*|распоряжени\w*|приказ\w*|огрн\w*|уин|бик|гост"
    r"|снип|№)[\s.:№-]*$",
    re.IGNORECASE,
)
"""Right before a number without a label of its own they say that it is a paper's."""

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


def is_public(text: str, start: int, end: int, public: frozenset[str]) -> bool:
    """A number of the town, with its code or without; or one of a service, but a mobile one."""
    number = "".join(char for char in text[start:end] if char.isdigit())
    if len(number) >= _FEWEST and any(known.endswith(number[-_LOCAL:]) for known in public):
        return True
    if _MOBILE.match(text, start) or number.startswith("9"):
        return False
    return _SERVICE.search(text[max(0, start - _SERVICE_LABEL) : start]) is not None


def mobiles(text: str) -> Iterator[Span]:
    """Start and end of mobile numbers, a letter typed for a digit among them."""
    clear = _LETTER_DIGIT.sub("0", text)
    return matches(clear, _MOBILE, lambda text, _, end: _SUM.match(text, end) is None)


def phones(text: str) -> Iterator[Span]:
    """Start and end of all other telephones; hotlines that cost nothing are left out."""
    free = [match.span() for match in _TOLL_FREE.finditer(text)]
    for pattern in _PHONES:
        for start, end in matches(text, pattern, _no_date):
            if all(end <= a or start >= b for a, b in free):
                yield start, end
    yield from (match.span(1) for match in _PHONE_NAMED.finditer(text))
    yield from matches(text, _SHORT_PHONE, _is_short_phone)


def matches(
    text: str, pattern: re.Pattern[str], valid: Callable[[str, int, int], bool]
) -> Iterator[tuple[int, int]]:
    """Like `finditer`, but a rejected match is searched again from its second character."""
    position = 0
    while match := pattern.search(text, position):
        if valid(text, *match.span()):
            yield match.span()
            position = match.end()
        else:
            position = match.start() + 1


def no_paper(text: str, start: int, end: int) -> bool:
    """Nothing before a number says that it is a paper's."""
    return _OFFICIAL.search(text[max(0, start - _LABEL) : start]) is None


def _no_date(text: str, start: int, end: int) -> bool:
    return _DATE.search(text, start, end) is None and _SUM.match(text, end) is None


def _is_short_phone(text: str, start: int, end: int) -> bool:
    """Neither a date nor the number of a paper."""
    day, month, _ = (int(part) for part in text[start:end].split("-"))
    return not (1 <= day <= 31 and 1 <= month <= _MONTHS) and no_paper(text, start, end)
