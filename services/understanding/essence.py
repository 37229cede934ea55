"""What is wrong, where, since when, and what is asked: one line instead of a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.understanding.lemmas import is_infinitive, plain
from services.understanding.sentences import is_greeting, is_question, is_shortened, sentences

LONGEST = 90
"""Characters of each part of the line."""
_ORDINAL = (
    r"(?:втор|трет|четверт|пят|шест|седьм|восьм|девят|десят)(?:ые|ый|ой|ий|ую|ью|ья|ая|и|е|ю)?"
)
_NUMBER = r"(?:\d{1,3}|два|две|три|четыре|пять|шесть|семь|восемь|десять|несколько|пару|полтора|пол)"
_SPAN = r"(?:дн[яей]+|день|сут[окик]+|недел[яюией]+|месяц[аеву]*|год[ау]?|лет|час[аов]*|полгода)"
_MONTH = r"(?:январ|феврал|март|апрел|ма[яйе]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яё]*"
_WEEKDAY = r"(?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)[а-яё]*"
_SINCE = re.compile(
    rf"\b(?:уже\s+)?(?:больше\s+|более\s+|почти\s+|около\s+)?(?:(?:на\s+)?{_ORDINAL}\s+{_SPAN}"
    rf"|уже\s+{_NUMBER}?\s*{_SPAN}(?!\s+назад)|{_NUMBER}\s+{_SPAN}\s+(?=нет\b|не\b|без\b|как\b|подряд)"
    rf"|(?:больше|более|почти|около)\s+{_NUMBER}?\s*{_SPAN}|в\s+течение\s+\S+\s+{_SPAN})\b"
    rf"|\bс(?:о)?\s+(?:самого\s+)?(?:утра|вечера|ночи|обеда|вчерашнего\s+\w+|весны|лета|осени|зимы"
    rf"|прошл\w+\s+\w+|начала\s+\w+|конца\s+\w+|середины\s+\w+|{_WEEKDAY}|{_MONTH}(?:\s+\d{{4}})?"
    rf"|\d{{1,2}}\s+{_MONTH}|\d{{1,2}}\.\d{{2}}(?:\.\d{{2,4}})?|20\d\d(?:-?го)?(?:\s+года)?"
    rf"|\d{{1,2}}[:.-]\d{{2}}(?!\s*до)(?!\s*[-–—])|прошлого\s+\w+)\b(?!\s+до\b)"
    rf"|\b{_NUMBER}?\s*{_SPAN}\s+назад\b|\b(?:вчера|позавчера)(?:\s+(?:утром|вечером|ночью|днем))?\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"(?:раз(?:а)?\s+в|кажд\w+|через|за|до|на)\s+$", re.IGNORECASE)
"""«Раз в неделю», «через месяц» say how often and when, not since when."""
_PLEASE = re.compile(
    r"\b(?:(?:очень|убедительно|настоятельно|слезно|еще раз|повторно)\s+)?"
    r"(?:прошу|просим|просьба|прошим|хочу попросить|хотим попросить|требую|требуем|нужно|необходимо"
    r"|надо|хотелось бы|предлагаю|предлагаем)\b\s*"
    r"(?:(?:вас|вашей помощи|администрацию|пожалуйста)\b[\s,]*)*"
)
_DO = re.compile(
    r"\b(?:пожалуйста[\s,]+)?(?!здравствуйте|извините|простите|скажите|подскажите|поймите)"
    r"(?:[а-я]{3,}(?:айте|яйте|ейте|уйте|ойте|ите|ьте|йте)(?:сь)?)\b"
)
_CLAUSE_END = re.compile(r"[!?;\n…]|\.(?!\d)|,\s(?=а\b|но\b|так\b|потому\b|иначе\b|пока\b|ведь\b)")
_NOT_IMPERATIVE = {"приходите", "знаете", "видите", "хотите", "можете", "говорите", "делаете"}
_NOT_IMPERATIVE |= {"понимаете", "сидите", "получаете", "ходите", "ездите", "работаете", "спите"}
_NOT_IMPERATIVE |= {"считаете", "думаете", "обещаете", "отвечаете", "пишете", "деньги", "сайте"}


@dataclass(frozen=True, slots=True)
class Essence:
    """The parts of the line; None for what the text does not say."""

    what: str
    where: str | None
    since: str | None
    asked: str | None

    def line(self) -> str:
        """«яма на дороге · ул. Мира, 5 · третий день · заделать яму»."""
        return " · ".join(part for part in (self.what, self.where, self.since, self.asked) if part)


def essence(text: str, *, what: str | None, where: str | None) -> Essence:
    """`what`: the topic's name where it is known, else the first words that tell something."""
    return Essence(what or _first_words(text), where, since(text), asked(text))


def since(text: str) -> str | None:
    """Since when it is so, in the citizen's words: «третий день», «с 5 ноября»."""
    said = plain(text)
    for match in _SINCE.finditer(said):
        if not _OFTEN.search(said[: match.start()]):
            return text[match.start() : match.end()].strip().lower()
    return None


def asked(text: str) -> str | None:
    """What is to be done, in the citizen's words: «заделать яму», «уберите мусор»."""
    said = plain(text)
    for match in _PLEASE.finditer(said):
        words = _to_the_end(text, match.end())
        if any(is_infinitive(word) for word in words.split()[:4]):
            return _cut(words)
    for match in _DO.finditer(said):
        word = match[0].split()[-1]
        if word not in _NOT_IMPERATIVE and not said[: match.start()].endswith("не "):
            return _cut(_to_the_end(text, match.start()))
    return None


def _to_the_end(text: str, start: int) -> str:
    for end in _CLAUSE_END.finditer(text, start):
        if end[0] != "." or not is_shortened(text[: end.start()]):
            return text[start : end.start()].strip(" ,:—-")
    return text[start:].strip(" ,:—-")


def _first_words(text: str) -> str:
    every = sentences(text)
    telling = [s.text for s in every if not is_greeting(s.text) and not is_question(s.text)]
    chosen = telling or [s.text for s in every if not is_greeting(s.text)]
    return _cut(chosen[0].rstrip(" .!")) if chosen else ""


def _cut(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"
