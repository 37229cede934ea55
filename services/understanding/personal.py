"""Personal data in a text, found by pattern and masked before any card is shown (domain.md §8).

Only what the pattern and its check digits make sure of: a house number, a case number, a date or an
emergency number stays readable. What stands in brackets keeps the sense of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.understanding import belongings, digits, spoken, telephones
from services.understanding.births import births
from services.understanding.introductions import introduced
from services.understanding.persons import full_names
from services.understanding.profiles import profiles


class Secret(StrEnum):
    """A kind of personal data, as its place in a masked text reads."""

    PHONE = "[телефон]"
    EMAIL = "[почта]"
    CARD = "[карта]"
    DOCUMENT = "[документ]"
    NAME = "[имя]"
    FLAT = "[номер]"
    PLATE = "[номер машины]"
    PROFILE = "[профиль]"
    BIRTH = "[дата]"


IN_DANGER = frozenset({Secret.FLAT})
"""What stays readable in an emergency: who goes there needs the door."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """One piece of personal data and where it stands."""

    kind: Secret
    start: int
    end: int


_GAP = rf"(?:{digits.GAP}){{1,2}}"
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
    re.compile(
        r"(?<![а-яё])(?:л/с|л\.\s?с\.?|лс|лиц(?:ев\w*|\.)(?:\s?сч\w*\.?)?)[\s:.,-]{0,3}(?:№|номер\w*|N)?"
        r"[\s:№-]{0,3}(\d(?:[ \u00a0-]?\d){4,19})(?!\d)(?!\s?(?:руб|₽|тыс|[.,]\d))",
        re.IGNORECASE,
    ),
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
_DIGIT = re.compile(r"\d")
_FEWEST = 5
"""Digits of the shortest number that is looked at."""
_GROUP, _SMALLEST, _GAPS = 4, 2, 1


def find(text: str, public: frozenset[str] = frozenset()) -> tuple[Hidden, ...]:
    """Every piece of personal data of a text, in order; none overlaps another.

    `public`: digits of telephones that everybody may know.
    """
    found: list[Hidden] = []
    for kind, start, end in _candidates(text):
        if kind is Secret.PHONE and telephones.is_public(text, start, end, public):
            continue
        if all(end <= other.start or start >= other.end for other in found):
            found.append(Hidden(kind, start, end))
    return tuple(sorted(found, key=lambda hidden: hidden.start))


def mask(
    text: str,
    *,
    keep: frozenset[Secret] = frozenset(),
    public: frozenset[str] = frozenset(),
) -> str:
    """The text with personal data replaced by a word in brackets.

    Kinds in `keep` stay, and telephones whose digits are in `public`.
    """
    parts, done = [], 0
    for hidden in find(text, public):
        if hidden.kind not in keep:
            parts += [text[done : hidden.start], hidden.kind.value]
            done = hidden.end
    return "".join([*parts, text[done:]])


_Candidate = tuple[Secret, int, int]


def _candidates(text: str) -> Iterator[_Candidate]:
    """What may be personal data, the surest first."""
    if _MAYBE_EMAIL.search(text):
        yield from ((Secret.EMAIL, *m.span()) for m in _EMAIL.finditer(text))
    yield from ((Secret.PROFILE, *span) for span in profiles(text))
    runs = [run for run in digits.runs(text) if run[2] >= _FEWEST]
    if runs:
        yield from _labelled(text)
        long = [run for run in runs if run[2] >= digits.INN_SIZES[0]]
        for start, end, _ in long:
            yield from _cards(text, start, end)
        yield from ((Secret.CARD, *match.span(1)) for match in _CARD_NAMED.finditer(text))
        yield from ((Secret.PHONE, *span) for span in telephones.mobiles(text))
        for start, end, _ in long:
            yield from _documents(text, start, end)
        yield from ((Secret.PHONE, *span) for span in telephones.phones(text))
        spans = telephones.matches(text, _PASSPORT, telephones.no_paper)
        yield from ((Secret.DOCUMENT, *span) for span in spans)
    yield from ((Secret.PHONE, *span) for span in spoken.phones(text))
    if _DIGIT.search(text):
        yield from ((Secret.BIRTH, *span) for span in births(text))
        yield from ((Secret.PLATE, *span) for span in belongings.plates(text))
    yield from ((Secret.FLAT, *span) for span in belongings.flats(text))
    yield from ((Secret.NAME, *span) for span in full_names(text))
    yield from ((Secret.NAME, *span) for span in introduced(text))


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
        if _like_a_document(number, whole) and telephones.no_paper(text, number.start, number.end):
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
