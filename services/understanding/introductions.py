"""People named by the words before: «меня зовут иван петров», «I am Ivan Petrov», «врач Петров».

Whoever says who he is may write it in small letters. An official or a worker is a person too: the
surname goes, the post stays, for it says whom the words are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.understanding.lemmas import cases_of, grammar_of, is_known, name_tags

_NAME = r"[А-ЯЁа-яё]{2,}(?:-[А-ЯЁа-яё]+)?"
_SELF = re.compile(
    r"(?<![\w-])(?P<cue>меня\s+зовут|зовут(?:\s+меня)?|я|пишет(?:\s+вам)?|обращается|с\s+уважением|фамилия)"
    rf"[\s,:.–—-]{{1,4}}(?P<one>{_NAME})(?:[ \u00a0]{{1,2}}(?P<other>{_NAME}))?",
    re.IGNORECASE,
)
_LATIN = (
    re.compile(
        r"(?:\bmy\s+name\s+is|\bmenya\s+zovut)[\s:,]+"
        r"([a-z][a-z'’-]+\s(?!(?:and|i|from|the|a|an|in|on|we|my)\b)[a-z][a-z'’-]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?i:\bI\s+am|\bI['’]m|\bregards,?|\bsincerely,?|меня\s+зовут|с\s+уважением,?|\bя)\s+"
        r"([A-Z][a-z'’-]+\s(?:[A-Z]\.\s)?[A-Z][a-z'’-]+)"
    ),
)
_POSTS = (
    *("врач", "доктор", "терапевт", "педиатр", "хирург", "стоматолог", "медсестр", "фельдшер"),
    *("участков", "полицейск", "инспектор", "следовател", "дознавател", "прокурор"),
    *("майор", "капитан", "лейтенант", "сержант", "полковник", "пристав", "охранник", "сторож"),
    *("водител", "кондуктор", "таксист", "учител", "воспитател", "преподавател", "тренер"),
    *("директор", "заведующ", "начальник", "руководител", "депутат", "мэр", "чиновник"),
    *("председател", "старост", "менеджер", "специалист", "сотрудни", "работни", "лифт[её]р"),
    *("слесар", "сантехник", "электрик", "дворник", "инженер", "бригадир", "прораб", "почтальон"),
    *("диспетчер", "оператор", "администратор", "консьерж", "бухгалтер", "нотариус", "юрист"),
    *("продав", "предпринимател", "застройщик", "пенсионер", "ветеран", "мастер(?!ск)"),
    *("управляющ(?:ий|его|ему|им)", "глав(?:а|ы|е|у|ой)", "судь(?:я|и|е|ю|[её]й)"),
)
_POST = re.compile(rf"(?<![а-яё])(?:{'|'.join(_POSTS)})[а-яё]{{0,4}}(?![а-яё])", re.IGNORECASE)
_NEXT = re.compile(rf"[ \u00a0]({_NAME})(?![А-ЯЁа-яё])")
_AND = re.compile(rf"(?:\sи|,)\s({_NAME})(?![А-ЯЁа-яё])")
_FURTHEST = 3
"""«Начальник отдела благоустройства Петров»: so many words after the post."""
_WORD = re.compile(r"[a-zа-яё]+")
_START = 4
_STARTS = {
    *(post[:_START] for post in _POSTS),
    *("зову", "я", "пише", "обра", "уваж", "фами", "name", "am", "m", "rega", "sinc", "zovu"),
    *("мэр", "мэра", "мэру", "мэро", "мэре"),
}
"""A text without a word that begins so introduces nobody: the patterns are slow."""
_STREET = re.compile(
    r"(?:\bул(?:иц[а-я]*|\.)|\bпер(?:еул[а-я]*|\.)|\bим(?:ени|\.)|останов[а-я]*|площад[а-я]*"
    r"|школ[а-я]*|парк[а-я]*|сквер[а-я]*|памятник[а-я]*|больниц[а-я]*|клиник[а-я]*)\s*[«\"]?$",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"\s*,?\s*(?:д\.?|дом|№)?\s*\d")
_LOOK_BACK = 14


def introduced(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of names that the words before them tell."""
    if _STARTS.isdisjoint(word[:_START] for word in _WORD.findall(text.lower())):
        return
    for match in _SELF.finditer(text):
        if match["other"] and _is_full(match["one"], match["other"]):
            yield match.start("one"), match.end("other")
        elif _is_surname(match["one"], alone=match["cue"].lower() == "я"):
            yield match.span("one")
    for pattern in _LATIN:
        yield from (match.span(1) for match in pattern.finditer(text))
    for match in _POST.finditer(text):
        yield from _holder(text, match)


def _is_full(one: str, other: str) -> bool:
    """A first name and a surname in either order, both as one introduces oneself."""
    for name, surname in ((one, other), (other, one)):
        first, last = name_tags(name).get("Name", ()), name_tags(surname).get("Surn", ())
        if is_known(name) and "nomn" in first and "nomn" in last:
            return True
    return False


def _is_surname(word: str, *, alone: bool) -> bool:
    """`alone`: «я Иванова», where «я волков боюсь» would be too much of a guess."""
    said = word[0].isupper() or not alone
    return said and "Surn" in grammar_of(word) and "nomn" in name_tags(word)["Surn"]


def _holder(text: str, post: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The surname behind a post, past what the post is of: «водитель маршрутки Сидоров»."""
    if _STREET.search(text[max(0, post.start() - _LOOK_BACK) : post.start()]):
        return
    end = post.end()
    for _ in range(_FURTHEST):
        word = _NEXT.match(text, end)
        if word is None:
            return
        agreed = _agreed(post[0], word[1])
        if agreed:
            if not _is_address(text, word, agreed):
                yield word.span(1)
            other = _AND.match(text, word.end())
            if other is not None and _agreed(post[0], other[1]):
                yield other.span(1)
            return
        if not (word[1].isupper() or cases_of(word[1]) & {"gent", "ablt", *cases_of(post[0])}):
            return
        end = word.end()


def _is_address(text: str, name: re.Match[str], cases: frozenset[str]) -> bool:
    """A house behind «на Капитана Петрова 5», or behind a name of one form: «врач Шевченко 5»."""
    declined = "nomn" in cases and "datv" not in name_tags(name[1])["Surn"]
    return not declined and _HOUSE.match(text, name.end()) is not None


def _agreed(post: str, name: str) -> frozenset[str]:
    """The cases in which a post and a surname stand together; none for what is no surname."""
    tags = name_tags(name)
    if "Surn" not in tags or "nomn" in tags.get("Name", ()):
        return frozenset()
    small = name[0].islower() or name.isupper()
    if small and "Surn" not in grammar_of(name):
        return frozenset()
    return cases_of(post) & tags["Surn"]
