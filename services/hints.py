"""What a machine would mend in a draft (domain.md §4, E01–E12): it suggests, a person decides.

Pure and quick: the preview of a draft counts it anew whenever its text changes. Only E12 blocks by
itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.model import Outcome
from services.understanding import personal
from services.understanding.lemmas import is_future, is_result, plain
from services.understanding.personal import Secret

SHORT = 80
"""Characters below which an answer can hardly say what was done [domain.md §4, E01]."""
LONG_SENTENCE = 25
"""Words [domain.md §4, E07]."""
WORK_DONE = (Outcome.SOLVED, Outcome.PARTLY)

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*")
_WORD = re.compile(r"[а-яёa-z]+(?:-[а-яёa-z]+)*", re.IGNORECASE)
_STOCK = re.compile(
    r"в установленном порядке|в рамках (?:своих )?(?:полномочий|компетенции)|приняты меры"
    r"|меры приняты|взят[оа]? на контроль|находится на контроле|ваше обращение (?:рассмотрено|"
    r"зарегистрировано|принято)|будет рассмотрен[оаы]?|проведена работа|ведутся работы"
    r"|благодарим за (?:обращение|активную)|ваше мнение (?:очень )?важно",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"на следующей неделе|в следующем месяце|в ближайш(?:ее время|ие дни|ие сроки)|вскоре|скоро"
    r"|в кратчайшие сроки|в скором времени|по мере возможности"
    r"|при наличии (?:средств|финансирования)|позже|на днях|в плановом порядке",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}(?:\.\d{1,2}(?!\d)| (?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)"
    r"[а-я]*)|сегодня|завтра|послезавтра|в (?:понедельник|вторник|сред[уы]|четверг|пятницу)"
    r"|до конца (?:дня|недели|месяца)",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"№\s?\d+-(?:ФЗ|КЗ)|\d+-ФЗ|федеральн\w+ закон\w*|стать[еяию]\w? \d+|(?<!\w)ст\. ?\d+"
    r"|(?<!\w)п\. ?\d+|постановлени\w+ (?:правительства|администрации)|распоряжени\w+",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"(?<!\d)(?:\+?7|8)?[\s(\-]{0,2}9\d{2}[\s)\-]{0,2}\d{3}[\s\-]?\d{2}[\s\-]?\d{2}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing worth mending. `code` is the error it would be; `name` picks the words."""

    code: str
    name: str
    words: str = ""
    """The author's own words it is about."""
    n: int = 0
    day: date | None = None
    """What a vague promise would mean."""

    @property
    def blocks(self) -> bool:
        """The answer is not sent before this is mended."""
        return self.code == "E12"


def hints(
    text: str, *, outcome: Outcome, photos: int, evidence: bool, today: date
) -> tuple[Hint, ...]:
    """Everything seen in the draft of an answer, what blocks first.

    `evidence`: the topic demands a photo «after»; `photos` is how many are there. `today` is the
    municipality's day: vague dates are counted from it.
    """
    found = [*_personal(text), *_dates(text, today)]
    if evidence and not photos and outcome is not Outcome.REFUSED:
        found.append(Hint("E06", "no_photo"))
    return (*found, *_empty(text, outcome), *_officialese(text))


def names_day(text: str) -> bool:
    """The text says when: a date, a weekday, «сегодня»."""
    return _DATE.search(text) is not None


_LEAKS = {Secret.EMAIL: "email", Secret.CARD: "card", Secret.DOCUMENT: "document"}


def leaked(text: str) -> str | None:
    """What personal data the text shows: phone, email, card, document (E12), or None.

    An office's telephone with a city code is no personal data: an answer may name it.
    """
    if _MOBILE.search(text):
        return "phone"
    kinds = {hidden.kind for hidden in personal.find(text)}
    return next((name for kind, name in _LEAKS.items() if kind in kinds), None)


def _personal(text: str) -> Iterator[Hint]:
    what = leaked(text)
    if what is not None:
        yield Hint("E12", what)


def _dates(text: str, today: date) -> Iterator[Hint]:
    for sentence in _SENTENCE.findall(text):
        if _DATE.search(sentence) or "если" in sentence.lower():
            continue
        vague = _VAGUE.search(sentence)
        if vague is not None:
            yield Hint("E02", "vague_date", words=vague[0], day=_meant(vague[0], today))
            return
        promised = next((w for w in _WORD.findall(sentence) if is_future(w)), None)
        if promised is not None:
            yield Hint("E02", "no_date", words=promised)
            return


def _meant(words: str, today: date) -> date | None:
    """The last day of «на следующей неделе» (its Friday) or «в следующем месяце»."""
    said = plain(words)
    if "неделе" in said:
        return today - timedelta(days=today.weekday()) + timedelta(days=11)
    if "месяце" in said:
        after = today.replace(day=1) + timedelta(days=62)
        return after.replace(day=1) - timedelta(days=1)
    return None


def _empty(text: str, outcome: Outcome) -> Iterator[Hint]:
    stock = _STOCK.search(text)
    if stock is not None:
        yield Hint("E01", "stock", words=stock[0])
    result = outcome not in WORK_DONE or any(is_result(w) for w in _WORD.findall(text))
    if len(text) < SHORT:
        yield Hint("E01", "short" if result else "short_no_result", n=len(text))
    elif not result:
        yield Hint("E01", "no_result")


def _officialese(text: str) -> Iterator[Hint]:
    longest = max((len(_WORD.findall(s)) for s in _SENTENCE.findall(text)), default=0)
    if longest > LONG_SENTENCE:
        yield Hint("E07", "long_sentence", n=longest)
    acts = _ACT.findall(text)
    if len(acts) > 1:
        yield Hint("E07", "acts", n=len(acts))
