"""Spots that have no street: «возле школы № 3», «напротив рынка», «на 1530-м км трассы М-4».

A landmark counts only where somebody could drive there: it has a number, a name, or is one of its
kind in a town. «У школы» and «возле дома» say too little, so the citizen is still asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.understanding.lemmas import grammar_of, is_known, lemma_of, name_tags, plain
from services.understanding.streets import Reading

_NUMBERED = {
    *("школа", "сад", "садик", "детсад", "лицей", "гимназия", "поликлиника", "больница", "аптека"),
    *("отделение", "котельная", "подстанция", "тп", "причал", "пляж", "кнс", "кпп"),
    *("училище", "колледж", "мбоу", "мбдоу", "сош", "дс", "доу"),
}
_ONLY_ONE = {
    *("рынок", "автовокзал", "вокзал", "автостанция", "аэропорт", "маяк", "больница", "роддом"),
    *("поликлиника", "загс", "аквапарк", "дельфинарий", "канатка", "кинотеатр", "стадион", "порт"),
    *("набережная", "суд", "мечеть", "храм", "церковь", "собор", "кладбище", "администрация"),
    *("военкомат", "ипподром", "музей", "библиотека", "мфц", "горгаз", "водоканал"),
}
_NAMED = {
    *("магазин", "кафе", "ресторан", "гостиница", "отель", "санаторий", "пансионат", "тц", "трц"),
    *("остановка", "жк", "парк", "сквер", "рынок", "пляж", "аптека", "заправка", "азс", "банк"),
    *("лагерь", "памятник", "площадь", "причал", "супермаркет", "столовая", "общежитие", "центр"),
}
_BRANDS = {
    *("магнит", "пятерочка", "лента", "сбербанк", "сбер", "дикси", "мфц", "озон", "почта"),
    *("вайлдберриз", "росреестр", "ашан", "лукойл", "роснефть", "фикспрайс"),
}
_BY = {"возле", "около", "напротив", "у", "за", "перед", "позади", "вдоль", "мимо", "вблизи"}
_WITH = {"рядом", "недалеко", "неподалеку", "районе", "стороны", "углу"}
"""The word before the preposition: «рядом с рынком», «недалеко от рынка», «в районе рынка»."""
_ON = {"рынок", "набережная", "автовокзал", "вокзал", "кладбище", "стадион", "автостанция"}
"""«На рынке» is a place, «в больнице» rather says who is complained of."""
_SPEAKERS = {"администрация", "суд", "мфц", "водоканал", "горгаз"}
"""«У администрации» is said of money and plans."""
_COUNTED = {"школы", "сада", "садика", "лицея", "гимназии", "поликлиники", "больницы", "аптеки"}
"""«3 школы» are three of them."""
_ADJECTIVES, _MOST = 2, 300
_FIGURE = re.compile(r"\s*(?:№|номер|N|No)?\s*", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[«\"“]([^»\"”\n]{2,40})[»\"”]")
_CAPITALS = re.compile(r"\s+([А-ЯЁA-Z][\w-]{2,}(?:\s[А-ЯЁA-Z][\w-]{2,})?)")
_ROAD = r"(?:[МАРM]\s?-?\s?\d{1,3}|(?:авто)?(?:трасс|дорог)[а-яё]*|шоссе)"
_KILOMETRE = re.compile(
    rf"(?:\bна\s)?(?P<road>{_ROAD}\s*,?\s*(?:на\s)?)?(?:\bкм\s?(?P<after>\d{{1,4}}(?:\s?\+\s?\d{{1,3}})?)"
    rf"|\b(?P<before>\d{{1,4}}(?:\s?\+\s?\d{{1,3}})?)\s?(?P<nth>-?(?:й|м|ом|ый|го)\s)?\s?(?:км|километр[а-яё]*)\b)"
    rf"(?P<then>\.?\s*(?:{_ROAD}(?:\s[МАР]-?\s?\d{{1,3}})?(?:\s[«\"]?[А-ЯЁ][а-яё]+\s?[—–-]\s?[А-ЯЁ][а-яё]+[»\"]?)?))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A spot as the citizen names it, and what two ways to name it have in common."""

    text: str
    key: str
    span: tuple[int, ...]


def landmark(reading: Reading, taken: set[int]) -> Landmark | None:
    """The first spot of a text that somebody could find."""
    for position in range(len(reading.tokens)):
        if position in taken:
            continue
        found = _numbered(reading, position) or _named(reading, position)
        found = found or _only_one(reading, position)
        if found is not None and not taken & set(found.span):
            return found
    return _kilometre(reading)


def _numbered(reading: Reading, position: int) -> Landmark | None:
    """«Возле школы № 3», «в 3-й школе»."""
    lemma = _lemma(reading, position)
    if lemma not in _NUMBERED:
        return None
    after = position + 1
    after += after < len(reading.tokens) and reading.words[after] == "номер"
    numbered = after < len(reading.tokens) and _number(reading.words[after])
    if numbered and _FIGURE.fullmatch(_between(reading, position, after)):
        return _spot(reading, position, after, f"{lemma} {reading.words[after]}")
    before = position - 1
    tail = before > 0 and reading.words[before] in {"й", "я", "ей", "ой", "ю", "м"}
    before -= tail
    if before < 0 or not _number(reading.words[before]):
        return None
    if not tail and reading.words[position] in _COUNTED:
        return None
    spot = _spot(reading, position, position, f"{lemma} {reading.words[before]}")
    return _from(reading, spot, before)


def _named(reading: Reading, position: int) -> Landmark | None:
    """«Остановка Северная», «у магазина «Магнит»», «возле Магнита»."""
    token, lemma = reading.tokens[position], _lemma(reading, position)
    if lemma in _BRANDS and _beside(reading, position) is not None:
        return _spot(reading, position, position, lemma)
    if lemma not in _NAMED:
        return None
    rest = reading.text[token.end :]
    name = _QUOTED.match(rest) or (None if reading.text.isupper() else _CAPITALS.match(rest))
    if name is None or (is_known(name[1]) and "Name" in name_tags(name[1])):
        return None
    end = token.end + name.end()
    last = max(i for i, t in enumerate(reading.tokens) if t.start < end)
    spot = _spot(reading, position, last, f"{lemma} {plain(name[1])}")
    return Landmark(spot.text + reading.text[reading.tokens[last].end : end], spot.key, spot.span)


def _only_one(reading: Reading, position: int) -> Landmark | None:
    lemma = _lemma(reading, position)
    if lemma not in _ONLY_ONE:
        return None
    beside = _beside(reading, position)
    if beside is None:
        return None
    if lemma in _SPEAKERS and reading.words[beside] in {"у", "за", "перед"}:
        return None
    if reading.words[beside] == "за" and "ablt" not in grammar_of(reading.words[position]):
        return None
    return _spot(reading, position, position, lemma)


def _kilometre(reading: Reading) -> Landmark | None:
    """«1530 км М-4», «на 25-м километре», not «в 2 км от города»."""
    for match in _KILOMETRE.finditer(reading.text):
        road = match["road"] or match["then"]
        if not (road or match["after"] or match["nth"]):
            continue
        number = re.sub(r"\s", "", match["after"] or match["before"])
        span = tuple(
            i for i, t in enumerate(reading.tokens) if match.start() <= t.start < match.end()
        )
        words = " ".join(match[0].split()).strip(" ,.")
        code = re.search(r"[МАРM]\s?-?\s?\d+", road or "", re.IGNORECASE)
        key = f"{number} км {re.sub(r'[^А-Я0-9]', '', code[0].upper()) if code else ''}".strip()
        return Landmark(words, key, span)
    return None


def _number(word: str) -> bool:
    """A school has a number of its own, a thousand pupils are no number."""
    return word.isdigit() and 0 < int(word) < _MOST


def _lemma(reading: Reading, position: int) -> str:
    return lemma_of(reading.words[position])


def _between(reading: Reading, one: int, other: int) -> str:
    return reading.text[reading.tokens[one].end : reading.tokens[other].start]


def _beside(reading: Reading, position: int) -> int | None:
    """The position of the preposition that makes the word a spot."""
    before = position - 1
    while before >= 0 and position - before <= _ADJECTIVES and _is_adjective(reading, before):
        before -= 1
    if before < 0 or reading.tokens[before].clause != reading.tokens[position].clause:
        return None
    word = reading.words[before]
    if word in _BY or word in {"районе", "стороны"}:
        return before
    if word in {"с", "со", "от"} and before and reading.words[before - 1] in _WITH:
        return before
    return before if word == "на" and _lemma(reading, position) in _ON else None


def _is_adjective(reading: Reading, position: int) -> bool:
    return grammar_of(reading.words[position]).startswith("ADJF")


def _spot(reading: Reading, first: int, last: int, key: str) -> Landmark:
    """The landmark with its adjectives and the preposition before it."""
    start = first
    while start and first - start < _ADJECTIVES and _is_adjective(reading, start - 1):
        start -= 1
    return _from(reading, Landmark("", key, tuple(range(start, last + 1))), start)


def _from(reading: Reading, spot: Landmark, start: int) -> Landmark:
    """Begun at a position, or at the preposition before it."""
    last = spot.span[-1]
    if start and reading.words[start - 1] in {"с", "со", "от"} and start > 1:
        start -= 2 if reading.words[start - 2] in _WITH else 0
    elif start and reading.words[start - 1] in _BY | {"в", "во", "на"}:
        start -= 1
    elif start > 1 and reading.words[start - 1] in {"районе", "стороны"}:
        start -= 2
    words = reading.text[reading.tokens[start].start : reading.tokens[last].end]
    return Landmark(" ".join(words.split()), spot.key, tuple(range(start, last + 1)))
