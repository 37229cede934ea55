"""Days and years on which somebody was born: «12.05.1961 г.р.», «родился 12 мая 1961 года».

Only what says that it is a birth: any other date stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]{0,2}"
_DAY = rf"\d{{1,2}}(?:[./-]\d{{1,2}}[./-](?:(?:19|20)\d\d|\d\d)|\s{_MONTH}\s(?:19|20)\d\d)"
_WHEN = rf"(?:{_DAY}|(?:19|20)\d\d)(?!\d)"
_BIRTHS = (
    re.compile(
        rf"(?<![\d.])({_DAY}|(?:19|20)?\d\d)\s?(?:-?го\s)?"
        r"(?:г\.?\s?р(?![а-яё])|г/р|(?:года|г\.?)\s?(?:рожд|р\.))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?<![а-яё])родил(?:ся|ась|ись)|(?:дата|год|день|число)\s(?:его\s|её\s|моего\s)?рождения|(?<![а-яё])(?:д\.\s?р\.|д/р|др)(?![а-яё])|рожд\.)"
        rf"\s?[:—–-]?\s?(?:в\s)?({_WHEN})",
        re.IGNORECASE,
    ),
    re.compile(r"\bborn\s(?:on\s|in\s)?([\w ,./]{0,14}(?:19|20)\d\d)(?!\d)", re.IGNORECASE),
)
_SAYS = ("рожд", "родил", "г.р", "г. р", "г р", "г/р", "др", "д.р", "д. р", "д/р", "born")


def births(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every day or year of birth."""
    said = text.lower()
    if not any(word in said for word in _SAYS):
        return
    for pattern in _BIRTHS:
        for match in pattern.finditer(text):
            yield match.span(1)
