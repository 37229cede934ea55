"""Forms of place names. Dictionaries know few of them, so endings decide."""

from __future__ import annotations

from functools import lru_cache

from services.understanding.lemmas import is_common, plain

_ADJECTIVES = {
    "ая": ("ая", "ой", "ую", "ою"),
    "яя": ("яя", "ей", "юю", "ею"),
    "ий": ("ий", "ого", "его", "ому", "ему", "им", "ом", "ем"),
    "ый": ("ый", "ого", "ому", "ым", "ом"),
    "ой": ("ой", "ого", "ому", "ым", "ом"),
    "ое": ("ое", "ого", "ому", "ым", "ом"),
    "ее": ("ее", "его", "ему", "им", "ем"),
}
_NOUNS = {
    "а": ("а", "ы", "и", "е", "у", "ой", "ою"),
    "я": ("я", "и", "е", "ю", "ей"),
    "е": ("е", "я", "ю", "ем", "и"),
    "и": ("и", "", "ов", "ам", "ами", "ах", "ек"),
    "ь": ("ь", "и", "ью"),
}
_CONSONANT = ("", "а", "у", "ом", "е")
# Short genitives of adjectives that end like nouns: «Марьина Роща», «Марьиной Роще».
_POSSESSIVE = {"ина": ("ина", "иной", "ину")}


@lru_cache(maxsize=2_000)
def forms_of(name: str) -> tuple[frozenset[str], ...]:
    """For each word of a name, every form it is written in («Кабардинке», «Толстом мысу»)."""
    words = plain(name).split()
    return tuple(_word_forms(word, last=i + 1 == len(words)) for i, word in enumerate(words))


def _word_forms(word: str, *, last: bool) -> frozenset[str]:
    for endings, size in ((_ADJECTIVES, 2), (_POSSESSIVE, 3)):
        if word[-size:] in endings and not (size == 3 and last):
            return frozenset(word[:-size] + ending for ending in endings[word[-size:]])
    # «Мира», «Гоголя», «Островского» stay as they are; the extra forms do no harm.
    if word[-1] in _NOUNS:
        return frozenset(word[:-1] + ending for ending in _NOUNS[word[-1]])
    return frozenset(word + ending for ending in _CONSONANT)


@lru_cache(maxsize=2_000)
def rare_name(name: str) -> bool:
    """A name of one word that no dictionary knows as a common word («Кабардинка»)."""
    return " " not in name and not is_common(name)


_KINDS = {"пер.", "пр-т", "б-р", "проезд", "тупик", "пл.", "наб.", "ш.", "аллея", "спуск"}


def kind_and_name(street: str) -> tuple[str, str]:
    """«пер. Тихий» is a lane, a street of the map without such a word is «ул.»."""
    kind, _, name = street.partition(" ")
    return (kind, name) if kind in _KINDS and name else ("ул.", street)


def nominative(name: str, *, masculine: bool = False) -> str:
    """«Солнечной» → «Солнечная»: how an unknown street is called after «на улице …».

    `masculine`: a lane, «в переулке Тихом» → «Тихий».
    """
    if " " in name:
        return name
    if masculine:
        return _lane(name)
    for ending in ("ную", "скую", "вую", "ной", "ской", "вой"):
        if name.endswith(ending):
            return name[:-2] + "ая"
    return name


def _lane(name: str) -> str:
    for ending in ("ом", "ому", "ым"):
        if name.endswith(ending) and len(name) > len(ending) + 2:
            stem = name.removesuffix(ending)
            return stem + ("ий" if stem.endswith(("к", "г", "х")) else "ый")
    return name
