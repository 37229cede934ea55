"""Personal data in a text, found by pattern and masked before any card is shown (domain.md §8).

Only what the pattern and its check digits make sure of: a house number, a case number, a date or an
emergency number stays readable. What stands in brackets keeps the sense of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.understanding import belongings, digits, spoken
from services.understanding.persons import full_names


class Secret(StrEnum):
    """A kind of personal data, as its place in a masked text reads."""

    PHONE = "[телефон]"
    EMAIL = "[почта]"
    CARD = "[карта]"
    DOCUMENT = "[документ]"
    NAME = "[имя]"
    FLAT = "[номер]"
    PLATE = "[номер машины]"


IN_DANGER = frozenset({Secret.FLAT})
"""What stays readable in an emergency: who goes there needs the door."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """One piece of personal data and where it stands."""

    kind: Secret
    start: int
    end: int


_GAP = rf"(?:{digits.GAP}){{1,2}}"
_ANY_GAP = rf"(?:{digits.GAP}|[()]){{0,3}}"
_SPACE = r"[ \t\u00a0\u2009\u202f]"
_NUMBER_WORD = r"(?:\s*[№#:]\s*|\s*,?\s*(?:номер|ном\.?|no?\.?|№)\s*:?\s*|[\s,\-–—.]{0,3})"
_FOUR = rf"\d{{2}}{digits.GAP}?\d{{2}}"
_SIX = rf"\d{{3}}{_SPACE}?\d{{3}}"

_AT = r"(?:\s?@\s?|\s?[(\[]\s?(?:at|собака|dog|a|а|эт)\s?[)\]]\s?|\s(?:собака|собачка)\s)"
_EMAIL = re.compile(
    rf"[\w.+%\-]+(?:\s\.\s[\w+%\-]+)*{_AT}[\w\-]+(?:(?:\.|\sточка\s)[\w\-]+)*"
    r"(?:(?:\.|\sточка\s)[a-zа-я]{2,}|\s?\.\s?(?:ru|com|net|org|рф|su|ру)\b)",
    re.IGNORECASE,
)
_MAYBE_EMAIL = re.compile(r"@|соба|[(\[]\s?(?:a|а|at|dog|эт)\s?[)\]]", re.IGNORECASE)
_LABELLED = (
    re.compile(r"снилс\D{0,20}?(\d(?:\D{0,3}\d){10})(?!\d)", re.IGNORECASE),
    re.compile(r"\bинн\D{0,20}?(\d(?:\D{0,2}\d){11}|\d(?:\D{0,2}\d){9})(?!\d)", re.IGNORECASE),
    re.compile(
        rf"(?:паспорт|серия|серии)\D{{0,40}}?({_FOUR}{_NUMBER_WORD}{_SIX})(?!\d)", re.IGNORECASE
    ),
    re.compile(r"\bзагран\w*\D{0,25}?(\d{2}\D{0,4}\d{7})(?!\d)", re.IGNORECASE),
    re.compile(rf"паспорт\D{{0,25}}?(\d{{2}}{_SPACE}?№?{_SPACE}?\d{{7}})(?!\d)", re.IGNORECASE),
    re.compile(r"\bполис\w*\D{0,20}?(\d(?:[ \u00a0-]?\d){15})(?!\d)", re.IGNORECASE),
    re.compile(r"\bудостоверени\w*[^\d\n]{0,40}?(\d{6,7})(?!\d)", re.IGNORECASE),
    re.compile(r"\b[птс]тс\D{0,12}?(\d\d\s?[а-яa-z]{2}\s?\d{6})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\w)([IVXLC]{1,5}\s?-\s?[А-Я]{2}\s?(?:№\s?|N\s?|номер\s)?\d{6})(?!\d)"),
    re.compile(r"(?<!\d)((?:408(?:17|20|02)|42[36]\d\d)(?:[ \u00a0.]?\d){15})(?!\d)"),
)
"""Some papers, and a person's account at a bank, are told by the word before or by their shape."""
_CARD_NAMED = re.compile(
    r"\bкарт\w{0,4}\b\D{0,25}?(\d{4}(?:[ \u00a0-]?\d{4}){3})(?!\d)", re.IGNORECASE
)
"""Whoever says that it is a card may have mistyped a digit of it."""
_PASSPORT = re.compile(
    rf"(?<!\d)(?:\d{{2}}{_SPACE}\d{{2}}|\d{{4}})(?=\D){_NUMBER_WORD}\d{{6}}(?!\d)", re.IGNORECASE
)
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
_DIGIT = re.compile(r"\d")
_FEWEST = 5
"""Digits of the shortest number that is looked at."""
_GROUP, _SMALLEST, _GAPS = 4, 2, 1
_LABEL = 24
_OFFICIAL = re.compile(
    r"(?:обращени\w*|заявк\w*|заявлени\w*|договор\w*|сч[её]т\w*|номер\w*|вх|исх|квитанци\w*|дел[оау]"
    r"|заказ\w*|талон\w*|протокол\w*|постановлени\w*|распоряжени\w*|приказ\w*|огрн\w*|уин|бик|гост"
    r"|снип|№)[\s.:№-]*$",
    re.IGNORECASE,
)
"""Right before a number without a label of its own they say that it is a paper's."""

_LOOSE = re.compile(rf"(?<!\d)\+?\d(?:{_ANY_GAP}\d){{4,14}}(?!\d)")
"""Where a telephone is what was asked for, five digits are one."""


def find(text: str) -> tuple[Hidden, ...]:
    """Every piece of personal data of a text, in order; none overlaps another."""
    found: list[Hidden] = []
    for kind, start, end in _candidates(text):
        if all(end <= other.start or start >= other.end for other in found):
            found.append(Hidden(kind, start, end))
    return tuple(sorted(found, key=lambda hidden: hidden.start))


def mask(text: str, *, keep: frozenset[Secret] = frozenset()) -> str:
    """The text with personal data replaced by a word in brackets; kinds in `keep` stay."""
    parts, done = [], 0
    for hidden in find(text):
        if hidden.kind not in keep:
            parts += [text[done : hidden.start], hidden.kind.value]
            done = hidden.end
    return "".join([*parts, text[done:]])


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


_Candidate = tuple[Secret, int, int]


def _candidates(text: str) -> Iterator[_Candidate]:
    """What may be personal data, the surest first."""
    if _MAYBE_EMAIL.search(text):
        yield from ((Secret.EMAIL, *m.span()) for m in _EMAIL.finditer(text))
    runs = [run for run in digits.runs(text) if run[2] >= _FEWEST]
    if runs:
        yield from _labelled(text)
        long = [run for run in runs if run[2] >= digits.INN_SIZES[0]]
        for start, end, _ in long:
            yield from _cards(text, start, end)
        yield from ((Secret.CARD, *match.span(1)) for match in _CARD_NAMED.finditer(text))
        yield from _mobiles(text)
        for start, end, _ in long:
            yield from _documents(text, start, end)
        yield from _phones(text)
        yield from ((Secret.DOCUMENT, *span) for span in _matches(text, _PASSPORT, _no_paper))
    yield from ((Secret.PHONE, *span) for span in spoken.phones(text))
    if _DIGIT.search(text):
        yield from ((Secret.PLATE, *span) for span in belongings.plates(text))
    yield from ((Secret.FLAT, *span) for span in belongings.flats(text))
    yield from ((Secret.NAME, *span) for span in full_names(text))


def _labelled(text: str) -> Iterator[_Candidate]:
    for pattern in _LABELLED:
        yield from ((Secret.DOCUMENT, *match.span(1)) for match in pattern.finditer(text))


def _cards(text: str, start: int, end: int) -> Iterator[_Candidate]:
    for number in digits.numbers(text, start, end):
        if digits.is_card(number.digits) and _like_a_card(number):
            yield Secret.CARD, number.start, number.end


def _documents(text: str, start: int, end: int) -> Iterator[_Candidate]:
    """СНИЛС and ИНН by their check digits."""
    for number in digits.numbers(text, start, end):
        whole = (number.start, number.end) == (start, end)
        if _like_a_document(number, whole) and _no_paper(text, number.start, number.end):
            yield Secret.DOCUMENT, number.start, number.end


def _like_a_card(number: digits.Number) -> bool:
    """Groups of four or so, not a list of house numbers."""
    return min(number.sizes[:-1], default=_GROUP) >= _SMALLEST and len(number.gaps) <= _GAPS


def _like_a_document(number: digits.Number, whole: bool) -> bool:
    """`whole`: no other digits stand beside it."""
    one_piece = len(number.sizes) == 1
    if digits.is_snils(number.digits):
        return one_piece or number.sizes in ((3, 3, 3, 2), (9, 2))
    if not digits.is_inn(number.digits):
        return False
    # «1 200 300 400» is a sum of money; a date and an hour are no taxpayer either.
    thousands = set(number.sizes[1:]) == {3} and len(number.digits) == digits.INN_SIZES[0]
    return one_piece or (
        whole and len(number.gaps) == 1 and "." not in str(number.gaps) and not thousands
    )


def _mobiles(text: str) -> Iterator[_Candidate]:
    clear = _LETTER_DIGIT.sub("0", text)
    spans = _matches(clear, _MOBILE, lambda text, _, end: _SUM.match(text, end) is None)
    yield from ((Secret.PHONE, *span) for span in spans)


def _phones(text: str) -> Iterator[_Candidate]:
    free = [match.span() for match in _TOLL_FREE.finditer(text)]
    for pattern in _PHONES:
        for start, end in _matches(text, pattern, _no_date):
            if all(end <= a or start >= b for a, b in free):
                yield Secret.PHONE, start, end
    yield from ((Secret.PHONE, *match.span(1)) for match in _PHONE_NAMED.finditer(text))
    yield from ((Secret.PHONE, *span) for span in _matches(text, _SHORT_PHONE, _is_short_phone))


def _matches(
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


def _no_paper(text: str, start: int, end: int) -> bool:
    return _OFFICIAL.search(text[max(0, start - _LABEL) : start]) is None


def _no_date(text: str, start: int, end: int) -> bool:
    return _DATE.search(text, start, end) is None and _SUM.match(text, end) is None


def _is_short_phone(text: str, start: int, end: int) -> bool:
    """Neither a date nor the number of a paper."""
    day, month, _ = (int(part) for part in text[start:end].split("-"))
    return not (1 <= day <= 31 and 1 <= month <= _MONTHS) and _no_paper(text, start, end)
