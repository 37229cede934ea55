"""Full names in a text: «Иванова Мария Петровна», «Иванов И. И.», «Мария Петровна».

A first name alone is no full name and stays (domain.md §8). Names that streets, schools and
monuments bear are no persons either: «школа имени Юрия Гагарина», «на Розы Люксембург 5».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from services.understanding.lemmas import is_known, lemma_of, name_tags, plain

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*|[A-Z][a-z]+")
_INITIALS = re.compile(
    r"(?<![А-ЯЁа-яё])[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.(?:[ \u00a0]?(?=[А-ЯЁ][а-яё]))?"
    r"|(?<![А-ЯЁа-яё])[А-ЯЁ][ \u00a0]?[А-ЯЁ](?![А-ЯЁа-яё.])"
)
_INITIAL = re.compile(r"(?<![А-ЯЁа-яё])[А-ЯЁ]\.(?![А-ЯЁа-яё])")
_ENDING = re.compile(
    r"(?:[оеё]в|ин|ын)(?:а|у|ым|ой|е)?$|[сц]к(?:ий|ая|ого|ой|ому|им|ую)$|енк[оу]$|[чщ]ук(?:а|у|ом)?$"
    r"|юк(?:а|у|ом)?$|ян(?:а|у|ом|ц)?$|швили$|дзе$|ых$|оглы$|кызы$"
)
_NOT_A_PERSON = {
    *("ул", "улица", "улице", "улицы", "улицу", "пер", "переулок", "переулке", "пр", "проспект"),
    *("проспекте", "площадь", "площади", "пл", "бульвар", "бульваре", "проезд", "имени", "им"),
    *("памятник", "памятника", "памятнику", "бюст", "парк", "парке", "сквер", "сквере", "школа"),
    *("храм", "храма", "собор", "церковь", "святого", "святой", "теплоход", "мкр", "жк", "музей"),
    *("стела", "пансионат", "санаторий", "набережная", "набережной", "маршала", "генерала"),
    *(
        "остановка",
        "остановке",
        "дом-музей",
        "адмирала",
        "героя",
        "лагерь",
        "дк",
        "станция",
        "союза",
    ),
}
"""Right before a name they say that a thing bears it."""
_NOT_A_PERSON |= {"катер", "яхта", "корабль", "судно", "паром", "лайнер", "баржа", "баркас"}
_NOT_A_PERSON |= {"пр-кт", "пр-т", "б-р", "село", "деревня", "хутор", "поселок", "станица"}
_LANDS = {"район", "района", "районе", "округ", "округа", "края", "области", "сельсовета"}
"""«Беловского района»: what comes before is a place."""
_SIGN = re.compile(
    r"(?:кафе|ресторан|бар|отел|гостиниц|гостев\w+ дом|магазин|салон|аптек|теплоход|катер|яхт"
    r"|кинотеатр|спектакл|фильм)\w*\s?[«\"]$",
    re.IGNORECASE,
)
"""«Кафе „Анна Каренина“» is a sign over a door."""
_QUOTES = ("»", '"')
_SHORTEST = 3
_FAMOUS = (
    *("роз.{1,2} люксембург", "карл.? марксN", "карл.? либкнехтN", "клар.{1,2} цеткин"),
    *("максим.? горькA", "(?:лев|льв.{1,2}) толстA", "юри.{1,2} гагаринN", "иван.? мичуринN"),
    *("александр.? невскA", "александр.? пушкинN", "серге.{1,2} есенинN", "антон.? чеховN"),
    *("зо.{1,2} космодемьянск.{2}", "павлик.? морозовN", "богдан.? хмельницкA", "иван.? франко"),
    *("степан.? разинN", "емельян.? пугачевN", "дмитри.{1,2} донскA", "тарас.? шевченко"),
    *(
        "никола.{1,2} островскA",
        "андре.{1,2} рублевN",
        "иль.{1,2} муром.{2,3}",
        "лиз.{1,2} чайкинN",
    ),
    *("серги.{1,2} радонежскA", "серафим.? саровскA", "фридрих.? энгельсN", "мари.{1,2} магдалинN"),
    *("васили.{1,2} блаженнA", "олег.? кошевA", "лиз.{1,2} чайкинN", "иван.? купал.{1,2}"),
)
"""Whose names streets, ships and health resorts bear all over the country.

N and A stand for the endings of a noun and of an adjective.
"""
_BORNE = re.compile(
    "|".join(_FAMOUS)
    .replace("N", "(?:а|у|ым|ом|е|ы|ой)?")
    .replace("A", "(?:ий|ой|ого|ому|им|ым|ом)")
)
_CUES = {"фио", "фамилия", "гражданин", "гражданка", "гр", "заявитель", "заявительница"}
_CUES |= {"уважением", "жительница", "житель", "собственник", "абонент", "семья", "семьи", "семье"}
_CUES |= {"сосед", "соседа", "соседу", "соседом", "соседка", "соседки", "соседке", "соседку"}
_CUES |= {"соседкой", "соседи", "соседей", "соседям", "соседями"}
"""Before a lone surname they say that it is one: «с уважением, Петрова», «сосед Иванов»."""
_HOUSE = re.compile(r"\s*,?\s*(?:д\.?|дом|№)?\s*\d")
_TROUBLE = re.compile(
    r"\s+(?:нет\s|не\sгор|прорвало|прорыв|темн|ям[аы]\b|луж|свалк|пробк|дтп\b|авари|гряз|потоп|затопи|теч[её]т"
    r"|асфальт|тротуар|фонар|светофор|люк\b|колод|дорог[аиу]\b|сугроб|гололед|пожар)",
    re.IGNORECASE,
)
"""Right after «на Ивана Мичурина» it says that this is a street, «напали» does not."""
_WORTH = re.compile(
    r"(?i:(?:[оеё]вич|[ьиклмн]ич|[оеё]вн|ичн)(?:а|у|ем|е|ой|ы)?\b|\bфио\b|фамилия|граждан"
    r"|заявител|уважением|жител|собственник|абонент|сосед|семь[яие]|\bгр\b)"
    r"|[А-ЯЁ][А-ЯЁа-яё-]+[ \u00a0\n]{1,2}[А-ЯЁ]|\b[А-ЯЁ]\.|[А-ЯЁ] ?[А-ЯЁ]\b"
)
"""A text without one of these names nobody in full, and need not be read word by word."""
_FATHER = re.compile(r"(?:вич|ич|вн|чн)(?:а|у|ем|е|ой|ы)?$", re.IGNORECASE)
_JOINT = re.compile(r"[ \u00a0]{1,2}|\n")
_COMMA = re.compile(r"\s*[,:.\-–—]?\s*")


def full_names(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every full name."""
    if _WORTH.search(text) is None:
        return
    yield from _with_initials(text)
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    done = 0
    for i, (word, start, _) in enumerate(words):
        if start < done or not (word[0].isupper() or _is_patronymic(word)):
            continue
        found = _named(text, words, i)
        if found is not None and found[0] >= done:
            done = found[1]
            yield found


def _named(text: str, words: list[tuple[str, int, int]], i: int) -> tuple[int, int] | None:
    """The name whose first capital word, or whose patronymic, is number `i`."""
    patronymic = next(
        (k for k in range(i, min(i + 3, len(words))) if _is_patronymic(words[k][0])), None
    )
    if patronymic is not None and _joined(text, words, i, patronymic):
        return _around_patronymic(text, words, patronymic)
    if _is_pair(text, words, i):
        return words[i][1], words[i + 1][2]
    if _is_surname_after_cue(text, words, i):
        return words[i][1], words[i][2]
    return None


def _is_pair(text: str, words: list[tuple[str, int, int]], i: int) -> bool:
    """A first name and a surname in either order, and no thing that bears them."""
    if i + 1 == len(words) or not _joined(text, words, i, i + 1):
        return False
    one, other = words[i][0], words[i + 1][0]
    if not other[0].isupper() or min(len(one), len(other)) < _SHORTEST:
        return False
    if not _go_together(one, other):
        return False
    if i + 2 < len(words) and plain(words[i + 2][0]) in _LANDS:
        return False
    return not _bears_a_name(text, words, i, i + 1) and not _is_address(text, words, i)


def _is_address(text: str, words: list[tuple[str, int, int]], i: int) -> bool:
    """«На Ивана Петрова 5», «на Ивана Петрова яма»: the genitive, and a house or a trouble behind.

    «По Ивана Петрова» is a street by itself: it could be no person.
    """
    one, other = (name_tags(words[k][0]) for k in (i, i + 1))
    cases = one.get("Name", frozenset()) & other.get("Surn", frozenset())
    cases |= other.get("Name", frozenset()) & one.get("Surn", frozenset())
    if "nomn" in cases:
        return False
    before, end = plain(words[i - 1][0]) if i else "", words[i + 1][2]
    if before == "по" and "datv" not in cases:
        return True
    troubled = before == "на" and _TROUBLE.match(text, end) is not None
    return troubled or _HOUSE.match(text, end) is not None


def _around_patronymic(
    text: str, words: list[tuple[str, int, int]], middle: int
) -> tuple[int, int] | None:
    """A first name before, and a surname before or after, belong to a patronymic."""
    first = last = middle
    if middle and _joined(text, words, middle - 1, middle) and _is_first(words[middle - 1][0]):
        first = middle - 1
    if first and _joined(text, words, first - 1, first) and _may_be_surname(words[first - 1][0]):
        first -= 1
    elif (
        middle + 1 < len(words)
        and _joined(text, words, middle, middle + 1)
        and _may_be_surname(words[middle + 1][0])
    ):
        last = middle + 1
    if first == last or _bears_a_name(text, words, first, last):
        return None
    return words[first][1], words[last][2]


def _joined(text: str, words: list[tuple[str, int, int]], first: int, last: int) -> bool:
    return all(
        _JOINT.fullmatch(text, words[k][2], words[k + 1][1]) is not None for k in range(first, last)
    )


@lru_cache(maxsize=50_000)
def _is_patronymic(word: str) -> bool:
    return _FATHER.search(word) is not None and "Patr" in name_tags(word)


def _is_first(word: str) -> bool:
    return "Name" in name_tags(word)


def _may_be_surname(word: str) -> bool:
    if "Surn" in name_tags(word):
        return True
    return word[0].isupper() and len(word) > 2 and _ending(word)


@lru_cache(maxsize=20_000)
def _ending(word: str) -> bool:
    return _ENDING.search(plain(word)) is not None


def _go_together(one: str, other: str) -> bool:
    """A first name and a surname, in either order, in one case."""
    for name, surname in ((one, other), (other, one)):
        if not _is_first(name) or not _may_be_surname(surname) or not is_known(name):
            continue
        cases, others = name_tags(name)["Name"], name_tags(surname).get("Surn", frozenset())
        if not others or cases & others:
            return True
    return False


def _bears_a_name(text: str, words: list[tuple[str, int, int]], first: int, last: int) -> bool:
    """«Улица Ивана Петрова», «Розы Люксембург»."""
    if _BORNE.fullmatch(plain(text[words[first][1] : words[last][2]])):
        return True
    before, after = text[: words[first][1]], text[words[last][2] :]
    if _SIGN.search(before) and after[:1] in _QUOTES:
        return True
    if first and _is_a_thing(words[first - 1][0]):
        between = text[words[first - 1][2] : words[first][1]]
        return set(between) <= set(' .\u00a0«"')
    return False


def _is_surname_after_cue(text: str, words: list[tuple[str, int, int]], i: int) -> bool:
    if not i or plain(words[i - 1][0]) not in _CUES:
        return False
    word = words[i][0]
    between = _COMMA.fullmatch(text, words[i - 1][2], words[i][1])
    return between is not None and word[0].isupper() and _may_be_surname(word)


def _with_initials(text: str) -> Iterator[tuple[int, int]]:
    """«Иванов И. И.», «И.И. Иванов», «Иванова М.»."""
    for match in _INITIALS.finditer(text):
        before = _word_before(text, match.start())
        after = _WORD.match(text, match.end())
        if after and after[0][0].isupper() and len(after[0]) > 2 and _may_be_surname(after[0]):
            if not _thing_before(text, match.start()):
                yield match.start(), after.end()
        elif before and _may_be_surname(before[0]) and not _thing_before(text, before[1]):
            yield before[1], match.start() + len(match[0].rstrip())
    for match in _INITIAL.finditer(text):
        before = _word_before(text, match.start())
        if before and "Surn" in name_tags(before[0]) and not _thing_before(text, before[1]):
            yield before[1], match.end()


def _word_before(text: str, end: int) -> tuple[str, int] | None:
    """The capital word right before a position, and its start."""
    head = text[max(0, end - 30) : end]
    match = re.search(r"([А-ЯЁ][А-ЯЁа-яё-]{2,})[ \u00a0]?$", head)
    return (match[1], end - len(head) + match.start()) if match else None


def _thing_before(text: str, start: int) -> bool:
    match = re.search(r"([а-яё-]+)[ .\u00a0«\"]*$", plain(text[max(0, start - 20) : start]))
    return match is not None and _is_a_thing(match[1])


def _is_a_thing(word: str) -> bool:
    return plain(word) in _NOT_A_PERSON or lemma_of(word) in _NOT_A_PERSON
