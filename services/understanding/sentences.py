"""Texts taken apart: sentences, and the questions among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.understanding.lemmas import plain

_END = re.compile(
    r"[.!?…]+[»\")]*(?=\s|$|(?<=[а-яё][.!?…])[А-ЯЁ])|\n+|(?<=\s)(?=\d{1,2}[).]\s+[А-ЯЁа-яё])"
)
"""«Добрый день.Когда» is two: people leave the space out."""
_SHORTENED = re.compile(
    r"(?:^|[\s(,.])(?:ул|д|г|гг|кв|пер|пл|пос|с|х|стр|корп|к|им|тел|т|п|е|др|пр|руб|тыс|млн|см|мкр"
    r"|обл|р-н|пр-т|пр-кт|наб|эт|под|ст|рис|[А-ЯЁ]|в т\.ч|н\.э|№)$",
    re.IGNORECASE,
)
"""What a dot follows without ending anything: «ул. Мира», «И. И. Петров»."""
_ASKS = re.compile(
    r"^(?:а|и|ну|так|вот|скажите|подскажите|объясните|ответьте|сообщите|интересует|вопрос)?[\s,:—-]*"
    r"(?:пожалуйста[\s,]*)?(?:когда|почему|зачем|где|куда|кто|кому|чья|чей|сколько|до каких пор"
    r"|до коле|на каком основании|по какой причине|как долго|можно ли|будет ли|будут ли|есть ли"
    r"|правда ли|нужно ли|надо ли|имеет ли|какой|какая|какие|какое|в какие|в какой|с какой"
    r"|к кому|за что|что делать|как (?:быть|записаться|получить|оформить|узнать|добиться|подать))\b"
    r"(?!-(?:то|нибудь|либо)\b)"
)
_NO_QUESTION = re.compile(
    r"^(?:когда|где|куда|кто|какой|какая|какие)\b[^?]*,\s*(?:то|там|тот|туда|сразу|все|мы|я)\b"
    r"|^сколько (?:же |еще )?можно\b"
)
"""«Когда идёт дождь, то вода стоит», «сколько можно терпеть» tell and ask nothing."""
_GREETING = re.compile(
    r"^(?:здравствуйте|здраствуйте|здрась?те|добрый (?:день|вечер)|доброе утро|доброго \w+"
    r"|привет\w*|спасибо|заранее \w+|с уважением|уважаем\w+ \w+|благодар\w+|помогите пожалуйста)?"
    r"[\s,.!]*$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A thought of a text and where it stands."""

    text: str
    start: int
    end: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, without the spaces around them."""
    found, start = [], 0
    for match in _END.finditer(text):
        if match[0] == "." and is_shortened(text[start : match.start()]):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return tuple(_trimmed(text, a, b) for a, b in found if text[a:b].strip(" \n.!?…,;"))


def is_shortened(text: str) -> bool:
    """A dot after this text ends nothing: «на ул»."""
    return _SHORTENED.search(text) is not None


def _trimmed(text: str, start: int, end: int) -> Sentence:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Sentence(words.strip(), start, start + len(words.strip()))


def questions(text: str) -> tuple[str, ...]:
    """What the text asks, each question once and as it was asked."""
    asked = (s.text for s in sentences(text) if is_question(s.text))
    return tuple(dict.fromkeys(_without_greeting(question) for question in asked))


def is_question(sentence: str) -> bool:
    """It has a question mark, or begins as a question does."""
    if sentence.rstrip('»") !').endswith("?"):
        return True
    said = plain(sentence).strip()
    return _ASKS.match(said) is not None and _NO_QUESTION.match(said) is None


def is_greeting(sentence: str) -> bool:
    """«Здравствуйте», «Спасибо», «С уважением»: nothing of the matter."""
    return _GREETING.match(plain(sentence)) is not None


def _without_greeting(question: str) -> str:
    first, comma, rest = question.partition(",")
    return rest.strip() if comma and is_greeting(first) and rest.strip() else question
