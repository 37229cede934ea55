"""When words of danger are in a text and there is no danger: denied, over, feared or imagined.

Each rule is about one found phrase. Missing a danger is the worst error (domain.md §1), so a rule
speaks only where the words around the phrase leave little doubt; whatever tells of *now* («опять»,
«до сих пор», a verb in the present) outweighs that it was long ago or has been mended.
"""

from __future__ import annotations

from services.understanding.lemmas import (
    Token,
    grammar_of,
    is_future,
    is_infinitive,
    is_present,
    plain,
)

Positions = tuple[int, ...]

_NO = {"не", "нет", "без", "ни"}
_BETWEEN = {"никакой", "больше", "уже", "теперь", "вообще", "быть", "бывать", "даже", "никто"}
_BETWEEN |= {"совсем", "никакого", "вовсе", "какой-либо", "пока"}
"""May stand between a negation and its word: «нет никакого запаха газа»."""
_DENIED = {"быть", "чувствоваться", "ощущаться", "видно", "видный", "слышно", "наблюдаться"}
_DENIED |= {"обнаружить", "найти", "выявить", "подтвердиться", "оказаться", "заметить"}
_DENIED |= {"обнаружиться", "чувствовать", "случиться", "произойти"}
"""After «не» right behind a phrase they deny it: «пожара не было»."""

_NOT_NOW = {"после", "случай", "учебный", "прошлогодний", "бывший", "ложный", "условный"}
_NOT_NOW |= {"опасность", "угроза", "риск", "избежание", "вероятность", "причина", "возможность"}
_NOT_NOW |= {"вызвать", "привести", "грозить", "чреватый", "приводить", "бояться", "опасаться"}
_NOT_NOW |= {"профилактика", "предотвращение", "предотвратить", "возможный", "допустить"}
_NOT_NOW |= {"избежать", "предупреждение", "довести", "закончиться", "спровоцировать"}
"""Right before a word they say that it is over, or only thought of: «после пожара»."""
_FOR_NOUNS = {"при", "от", "против"}
"""The same, before a noun: «при пожаре машина не проедет»."""

_MAYBE = {"мочь", "можно", "рисковать", "возможно", "вдруг", "бояться", "опасаться", "грозить"}
_IF = {"если", "вдруг"}
_COMES = {"быть", "случиться", "произойти", "начаться", "возникнуть", "стать"}

_AGO = {"год", "лет", "месяц", "неделя"}
_LAST = {"прошлый", "позапрошлый", "минувший", "прошедший"}
_SPANS = _AGO | {"лето", "зима", "осень", "весна", "раз", "сезон", "неделя"}
_ONCE = {"когда-то", "однажды", "раньше", "бывало", "прежде"}
_CENTURIES = ("19", "20")
_LONG = 2
"""Clauses on either side in which «год назад» or «уже убрали» still speaks of the phrase."""

_MENDED = {"потушить", "ликвидировать", "устранить", "убрать", "починить", "исправить", "тушить"}
_MENDED |= {"заделать", "восстановить", "отремонтировать", "вытащить", "спасти", "заменить"}
_MENDED |= {"вернуть", "обезвредить", "погасить", "затушить", "обойтись", "наладить"}
_ALL = {"все", "всё"}
_FINE = {"сделать", "нормально", "хорошо", "порядок", "нормальный", "обойтись"}
_AGAIN = {"снова", "опять", "вновь"}
_STILL = {"снова", "опять", "сейчас", "помочь", "срочно", "помогите", "вновь", "поныне", "горим"}


def denied(tokens: tuple[Token, ...], positions: Positions) -> bool:
    """Whether the phrase at these positions of a whole text tells of no danger now."""
    if _negated(tokens, positions) or _closing_no(tokens, positions[-1]):
        return True
    if _only_feared(tokens, positions) or _imagined(tokens, positions):
        return True
    if _happens(tokens, positions) or _again(tokens, positions):
        return False
    return _long_ago(tokens, positions) or _mended(tokens, positions)


def _negated(tokens: tuple[Token, ...], positions: Positions) -> bool:
    """Whether a negation belongs to the phrase without being a part of it."""
    for position in positions:
        before = position - 1
        while before >= 0 and before not in positions and _lets_through(tokens[before]):
            before -= 1
        if before < 0 or before in positions or tokens[before].clause != tokens[position].clause:
            continue
        word = tokens[before].word
        if word in _NO or tokens[before].lemmas & _NOT_NOW or word in _FOR_NOUNS:
            return True
    return False


def _lets_through(token: Token) -> bool:
    """«Вызовет большой пожар», «нет никакого запаха газа»."""
    return bool(token.lemmas & _BETWEEN) or grammar_of(token.text).startswith("ADJF")


def _closing_no(tokens: tuple[Token, ...], last: int) -> bool:
    """«Запаха газа уже нет», «запаха газа не чувствуется»: a denial right after the phrase."""
    after = last + 1
    while after < len(tokens) and tokens[after].lemmas & _BETWEEN:
        if tokens[after].word == "никакого":
            return True
        after += 1
    if after >= len(tokens) or tokens[after].clause != tokens[last].clause:
        return False
    if tokens[after].word == "не":
        return after + 1 < len(tokens) and bool(tokens[after + 1].lemmas & _DENIED)
    ends = after + 1 == len(tokens) or tokens[after + 1].clause != tokens[after].clause
    return tokens[after].word == "нет" and ends


def _only_feared(tokens: tuple[Token, ...], positions: Positions) -> bool:
    """«Может провалиться ребёнок», «ребёнок провалится»."""
    if _happens(tokens, positions):
        return False
    if any(is_future(tokens[i].text) for i in positions):
        return True
    if not any(is_infinitive(tokens[i].text) for i in positions):
        return False
    clause = tokens[positions[0]].clause
    return any(token.lemmas & _MAYBE for token in tokens if token.clause == clause)


def _imagined(tokens: tuple[Token, ...], positions: Positions) -> bool:
    """«Если бы был пожар», «вдруг пожар», «если пожар, машина не проедет»."""
    if _happens(tokens, positions):
        return False
    clause = tokens[positions[0]].clause
    near = [
        i
        for i in range(max(0, positions[0] - 3), min(len(tokens), positions[-1] + 3))
        if tokens[i].clause == clause and i not in positions
    ]
    if any(tokens[i].word == "бы" for i in near):
        return True
    if any(tokens[i].lemmas & _COMES and _not_yet(tokens[i].text) for i in near):
        return True
    first = positions[0] - 1
    if first < 0 or tokens[first].word not in _IF or tokens[first].clause != clause:
        return False
    later = tokens[positions[-1] + 1 :]
    return any(is_future(t.text) for t in later if t.clause <= clause + 1)


def _not_yet(word: str) -> bool:
    return is_future(word) or is_infinitive(word) or word.lower() == "случись"


def _happens(tokens: tuple[Token, ...], positions: Positions) -> bool:
    """The phrase itself says that it happens now: «провод лежит»."""
    return any(is_present(tokens[i].text) for i in positions)


def _again(tokens: tuple[Token, ...], positions: Positions) -> bool:
    """«Опять», «до сих пор», «помогите» within a clause of the phrase."""
    clauses = {tokens[i].clause for i in positions}
    low, high = min(clauses) - 1, max(clauses) + 1
    near = [t for t in tokens if low <= t.clause <= high]
    if any(t.lemmas & _STILL or t.word in _STILL for t in near):
        return True
    words = [t.word for t in near]
    return any(words[i : i + 3] == ["до", "сих", "пор"] for i in range(len(words)))


def _long_ago(tokens: tuple[Token, ...], positions: Positions) -> bool:
    """«Год назад», «прошлым летом», «в 2021 году», «когда-то» near the phrase."""
    low, high = tokens[positions[0]].clause - _LONG, tokens[positions[-1]].clause + 1
    return any(
        low <= token.clause <= high and _tells_of_old(tokens, i) for i, token in enumerate(tokens)
    )


def _tells_of_old(tokens: tuple[Token, ...], i: int) -> bool:
    token = tokens[i]
    word = token.word
    if token.lemmas & _ONCE:
        return True
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return False
    if token.lemmas & _AGO and after.word == "назад":
        return True
    if token.lemmas & _LAST and after.lemmas & _SPANS:
        return True
    return len(word) == 4 and word.startswith(_CENTURIES) and "год" in after.lemmas


def _mended(tokens: tuple[Token, ...], positions: Positions) -> bool:
    """«Уже убрали», «потушили», «всё нормально» with the phrase or right after it."""
    clause = tokens[positions[-1]].clause
    for i, token in enumerate(tokens):
        beside = token.clause == clause and i not in positions
        after = i > positions[-1] and token.clause <= clause + _LONG
        if not beside and not after:
            continue
        if token.lemmas & _MENDED and _done(tokens, i) and not _came_back(tokens, i):
            return True
        if token.lemmas & _FINE and i and tokens[i - 1].word in _ALL | {"уже"}:
            return True
    return False


def _came_back(tokens: tuple[Token, ...], i: int) -> bool:
    """«Потушили сами, но он опять дымит»."""
    later = (t for t in tokens[i + 1 :] if t.clause <= tokens[i].clause + _LONG)
    return any(t.word in _AGAIN for t in later)


def _done(tokens: tuple[Token, ...], i: int) -> bool:
    """Not «не убрали», «убрать», «уберите», «когда уберут»."""
    word = tokens[i].text
    if is_infinitive(word) or is_future(word) or is_present(word):
        return False
    if plain(word).endswith(("те", "й")) and not plain(word).endswith(("ый", "ий", "ой")):
        return False
    return not any(t.word in {"не", "никто", "чтобы"} for t in tokens[max(0, i - 2) : i])
