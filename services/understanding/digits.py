"""Numbers with check digits, in whatever groups they are written: cards, СНИЛС, ИНН."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

GAP = r"[ \t\u00a0\u2009\u202f\u2010-\u2015.\-_/*]"
"""What people put between the groups of one number."""
_RUN = re.compile(rf"\d(?:(?:{GAP}|[()]){{0,3}}\d)*")
_GROUP = re.compile(r"\d+")
_STOP = re.compile(r"\.\s")
_MOST = 12
"""Groups of one number at most: «50 01 00 73 22 59» has six."""
CARD_SIZES = range(13, 20)
SNILS_SIZE = 11
INN_SIZES = (10, 12)


@dataclass(frozen=True, slots=True)
class Number:
    """Neighbouring groups of digits read as one number."""

    digits: str
    start: int
    end: int
    gaps: frozenset[str]
    """What stands between the groups; nothing when it is written in one piece."""
    sizes: tuple[int, ...]
    """How many digits each group has."""


def runs(text: str) -> Iterator[tuple[int, int, int]]:
    """Every run of digits with short gaps: start, end, and how many digits it has."""
    for match in _RUN.finditer(text):
        yield match.start(), match.end(), sum(map(str.isdigit, match[0]))


def numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """Every number that whole groups between two positions make up, the longest first."""
    groups = [match.span() for match in _GROUP.finditer(text, start, end)]
    found = []
    for first in range(len(groups)):
        for last in range(first, min(len(groups), first + _MOST)):
            chosen = groups[first : last + 1]
            gaps = {text[a:b] for (_, a), (b, _) in pairwise(chosen)}
            if any(_STOP.search(gap) for gap in gaps):
                # «№ 1042. 7 277 …» is a case, and then a telephone.
                break
            digits = "".join(text[a:b] for a, b in chosen)
            sizes = tuple(b - a for a, b in chosen)
            found.append(Number(digits, chosen[0][0], chosen[-1][1], frozenset(gaps), sizes))
    return iter(sorted(found, key=lambda n: (-len(n.digits), n.start)))


def is_card(number: str) -> bool:
    """The check digit of a bank card (Luhn)."""
    doubled = [
        sum(divmod(int(digit) * 2, 10)) if index % 2 else int(digit)
        for index, digit in enumerate(reversed(number))
    ]
    return len(number) in CARD_SIZES and any(doubled) and sum(doubled) % 10 == 0


def is_snils(number: str) -> bool:
    """The check number of an insurance number: the last two of eleven digits."""
    if len(number) != SNILS_SIZE or not int(number):
        return False
    total = sum(int(digit) * (9 - index) for index, digit in enumerate(number[:9]))
    return total % 101 % 100 == int(number[9:])


def is_inn(number: str) -> bool:
    """The check digit (ten digits) or digits (twelve) of a taxpayer number."""
    if len(number) not in INN_SIZES or not int(number):
        return False
    digits = [int(digit) for digit in number]
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

    def check(size: int) -> bool:
        used = zip(digits[:size], weights[-size:], strict=True)
        return sum(digit * weight for digit, weight in used) % 11 % 10 == digits[size]

    return check(9) if len(digits) == 10 else check(10) and check(11)
