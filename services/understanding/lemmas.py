"""Words and their dictionary forms. Everything is compared in lower case with ё = е."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pymorphy3

_WORD = re.compile(r"[а-яёa-z]+(?:-[а-яёa-z]+)*|\d+", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.!?,;:()\n]|\s[-–—]\s")
_RUSSIAN = re.compile(r"[а-яё]+", re.IGNORECASE)
_GLUED = 4
_UNLIKELY = 0.08
"""Readings of a word below this probability only make noise."""

FUNCTION_WORDS = frozenset(
    [
        "а",
        "б",
        "без",
        "бы",
        "в",
        "во",
        "вот",
        "для",
        "до",
        "же",
        "за",
        "и",
        "из",
        "из-за",
        "или",
        "к",
        "как",
        "ко",
        "ли",
        "на",
        "над",
        "но",
        "о",
        "об",
        "около",
        "от",
        "по",
        "под",
        "при",
        "про",
        "с",
        "со",
        "там",
        "то",
        "тут",
        "у",
        "уже",
        "что",
        "чтобы",
        "это",
        "этот",
        "мы",
        "вы",
        "я",
        "он",
        "она",
        "они",
        "наш",
        "ваш",
    ]
) - {"без"}
"""Left out of phrases: they come and go in living speech. «Без», «не» and «нет» stay."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text."""

    text: str
    word: str
    """The same, plain."""
    lemmas: frozenset[str]
    start: int
    end: int
    clause: int
    """Number of the clause: punctuation that parts thoughts was seen this many times."""
    before: str
    """The word before it, plain: «у» makes «школы» a landmark."""


def plain(text: str) -> str:
    """Lower case, ё = е."""
    return text.lower().replace("ё", "е")


@lru_cache(maxsize=1)
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=4_096)
def _parse(word: str) -> Any:
    """Its readings, the likeliest first: whatever is asked of a new word, it is looked up once."""
    return _analyzer().parse(word)


@lru_cache(maxsize=50_000)
def lemmas_of(word: str) -> frozenset[str]:
    """Every likely dictionary form of a word.

    A comparative stays as it is: «приезжайте скорее» says nothing of an ambulance («скорая»).
    """
    parses = _parse(word.lower())
    likely = [parse for parse in parses if parse.score >= _UNLIKELY] or parses[:1]
    return frozenset(plain(word if "COMP" in p.tag else p.normal_form) for p in likely)


@lru_cache(maxsize=50_000)
def lemma_of(word: str) -> str:
    """The likeliest dictionary form."""
    return plain(_parse(word.lower())[0].normal_form)


@lru_cache(maxsize=10_000)
def is_noun(word: str) -> bool:
    """Whether the word is a noun first of all."""
    return "NOUN" in _parse(word.lower())[0].tag


def as_first_name(word: str) -> float:
    """How likely the word is somebody's first name, as one gives it: 0..1."""
    parses = _parse(word.lower())
    return max((p.score for p in parses if "Name" in p.tag and "nomn" in p.tag), default=0.0)


@lru_cache(maxsize=50_000)
def name_tags(word: str) -> dict[str, frozenset[str]]:
    """What part of a person's name the word may be, and in which cases.

    Keys: «Name», «Patr», «Surn».
    """
    found: dict[str, set[str]] = {}
    for parse in _parse(word.lower()):
        for part in ("Name", "Patr", "Surn"):
            if part in parse.tag:
                found.setdefault(part, set()).add(str(parse.tag.case))
    return {part: frozenset(cases) for part, cases in found.items()}


@lru_cache(maxsize=10_000)
def cases_of(word: str) -> frozenset[str]:
    """Every case that a noun or an adjective may stand in."""
    parses = _parse(word.lower())
    return frozenset(str(parse.tag.case) for parse in parses if parse.tag.case)


@lru_cache(maxsize=20_000)
def agree(one: str, other: str) -> bool:
    """Whether the first is an adjective of the second: «красной машине»."""
    adjectives = [p.tag for p in _parse(one.lower()) if p.tag.POS in ("ADJF", "PRTF")]
    nouns = [p.tag for p in _parse(other.lower()) if p.tag.POS in ("NOUN", "ADJF")]
    return any(
        a.case == n.case and a.number == n.number and (a.number == "plur" or a.gender == n.gender)
        for a in adjectives
        for n in nouns
    )


@lru_cache(maxsize=10_000)
def is_future(word: str) -> bool:
    """Whether the word is a verb about what has not happened: «провалится»."""
    return "futr" in _parse(word.lower())[0].tag


@lru_cache(maxsize=10_000)
def is_present(word: str) -> bool:
    """Whether the word says that something happens now: «горит»."""
    return "pres" in _parse(word.lower())[0].tag


@lru_cache(maxsize=10_000)
def is_result(word: str) -> bool:
    """Whether the word says that something was done: «заменили», «отремонтирован»."""
    tag = _parse(word.lower())[0].tag
    return ("VERB" in tag and "past" in tag) or "PRTS" in tag


@lru_cache(maxsize=10_000)
def is_infinitive(word: str) -> bool:
    """Whether the word is «провалиться», which after «может» has not happened either."""
    return "INFN" in _parse(word.lower())[0].tag


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Whether the dictionary has the word, and does not only guess from its ending."""
    return bool(_analyzer().word_is_known(word.lower())) or not _RUSSIAN.fullmatch(word)


def lexeme_of(lemma: str) -> frozenset[str]:
    """Every form of a dictionary word, with the forms of each of its homonyms."""
    parses = [parse for parse in _parse(lemma) if plain(parse.normal_form) == lemma]
    return frozenset(plain(form.word) for parse in parses for form in parse.lexeme) | {lemma}


@lru_cache(maxsize=50_000)
def grammar_of(word: str) -> str:
    """The tags of the likeliest reading («VERB,impf,intr sing,…»)."""
    return str(_parse(word.lower())[0].tag)


@lru_cache(maxsize=2_000)
def is_common(word: str) -> bool:
    """Whether a dictionary knows the word as something else than a name of a place."""
    known = [parse for parse in _parse(word.lower()) if parse.is_known]
    return any("Geox" not in parse.tag for parse in known)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Words and numbers of a text, in order."""
    ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    tokens: list[Token] = []
    clause = 0
    for match in _WORD.finditer(text):
        # «[телефон]» stands for what was masked: it is no word of the citizen.
        if text[match.start() - 1 : match.start()] == "[" and text[match.end() :][:1] == "]":
            continue
        while clause < len(ends) and ends[clause] < match.start():
            clause += 1
        start = match.start()
        for part in _parted(match[0]):
            word, end = plain(part), start + len(part)
            lemmas = frozenset([word]) if word.isdigit() else lemmas_of(part)
            before = tokens[-1].word if tokens else ""
            tokens.append(Token(part, word, lemmas, start, end, clause, before))
            start = end
    return tuple(tokens)


@lru_cache(maxsize=50_000)
def _parted(word: str) -> tuple[str, ...]:
    """«Непахнет» is two words."""
    rest = word[2:]
    if len(rest) < _GLUED or word[:2].lower() != "не" or is_known(word) or not is_known(rest):
        return (word,)
    return (word[:2], rest) if "VERB" in grammar_of(rest) else (word,)


def content_of(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens without function words: what phrases are matched against."""
    return tuple(token for token in tokens if token.word not in FUNCTION_WORDS)


def phrase_of(text: str) -> tuple[frozenset[str], ...]:
    """A phrase of a topic or an urgency rule, each word with its likely dictionary forms."""
    return tuple(token.lemmas for token in content_of(tokens_of(text)))
