"""Sentences, questions, since when, what is asked, and two problems in one text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.essence import asked, essence, since
from services.understanding.segments import Subject, segments
from services.understanding.sentences import questions, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Яма. Большая!", ["Яма.", "Большая!"]),
        ("На ул. Мира, д. 5 яма. Уберите.", ["На ул. Мира, д. 5 яма.", "Уберите."]),
        ("Писал И. И. Петров. Ответа нет", ["Писал И. И. Петров.", "Ответа нет"]),
        ("цена 5.5 руб. за куб. Почему?", ["цена 5.5 руб. за куб.", "Почему?"]),
        ("нет воды\nнет света", ["нет воды", "нет света"]),
        ("Доколе?! Ждём…", ["Доколе?!", "Ждём…"]),
        ("1) яма 2) фонарь", ["1) яма", "2) фонарь"]),
        ("", []),
        ("...", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [s.text for s in sentences(text)] == parts


@given(st.text(alphabet="абв .!?\n№5,…»", max_size=60))
def test_sentences_stand_where_they_say(text: str) -> None:
    found = sentences(text)
    assert all(text[s.start : s.end] == s.text and s.text.strip() == s.text for s in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Здравствуйте, когда включат воду?", ["когда включат воду?"]),
        (
            "Когда заделают яму? И кто за это отвечает? Ждём.",
            ["Когда заделают яму?", "И кто за это отвечает?"],
        ),
        ("подскажите куда обратиться за справкой", ["подскажите куда обратиться за справкой"]),
        ("Почему не вывозят мусор\nуже неделя", ["Почему не вывозят мусор"]),
        ("Можно ли спилить дерево. Спасибо", ["Можно ли спилить дерево."]),
        ("Когда идёт дождь, то вода стоит во дворе", []),
        ("Где была яма, там теперь лужа", []),
        ("Нет воды", []),
        ("Кто-то застрял в лифте", []),
        ("почему-то не горит фонарь, где-то течёт", []),
        ("Сколько можно терпеть эту помойку", []),
        ("Сколько можно ждать автобус?", ["Сколько можно ждать автобус?"]),
        ("Здрасте, когда дадут воду?", ["когда дадут воду?"]),
    ],
)
def test_questions(text: str, asks: list[str]) -> None:
    assert list(questions(text)) == asks


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("третий день нет воды", "третий день"),
        ("нет света с утра", "с утра"),
        ("не вывозят мусор уже две недели", "уже две недели"),
        ("с 5 ноября не горит фонарь", "с 5 ноября"),
        ("со вторника нет отопления", "со вторника"),
        ("воды нет с 7:40", "с 7:40"),
        ("вторую неделю ждём", "вторую неделю"),
        ("месяц назад обещали", "месяц назад"),
        ("5 дней нет воды", "5 дней"),
        ("вчера вечером упал столб", "вчера вечером"),
        ("с прошлой недели лужа", "с прошлой недели"),
        ("больше года просим фонарь", "больше года"),
        ("вывозят раз в неделю", None),
        ("через неделю праздник", None),
        ("магазин работает с 9:00 до 18:00", None),
        ("яма на дороге", None),
    ],
)
def test_since_when(text: str, when: str | None) -> None:
    assert since(text) == when


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Яма на Мира. Прошу заделать яму.", "заделать яму"),
        (
            "Просим вас установить лежачий полицейский, дети бегают",
            "установить лежачий полицейский, дети бегают",
        ),
        ("Фонарь не горит, почините пожалуйста", "почините пожалуйста"),
        ("уберите мусор возле школы!!!", "уберите мусор возле школы"),
        ("Примите меры", "Примите меры"),
        ("Просим заделать яму по ул. Мира. Спасибо", "заделать яму по ул. Мира"),
        ("Необходимо спилить дерево", "спилить дерево"),
        ("Здравствуйте, нет воды", None),
        ("вы ничего не делаете", None),
        ("не вывозят мусор", None),
    ],
)
def test_what_is_asked(text: str, what: str | None) -> None:
    assert asked(text) == what


def test_one_line_of_everything() -> None:
    text = "Добрый день! На Мира 5 третий день открыт люк. Прошу закрыть люк."
    found = essence(text, what="открытый люк", where="ул. Мира, 5")
    assert found.line() == "открытый люк · ул. Мира, 5 · третий день · закрыть люк"
    bare = essence("Здравствуйте! Что-то шумит по ночам.", what=None, where=None)
    assert bare.line() == "Что-то шумит по ночам"


WORDS = {
    "мусор": Subject("garbage", "WST"),
    "контейнер": Subject("bins", "WST"),
    "яма": Subject("pothole", "ROD"),
    "фонарь": Subject("light", "IMP"),
    "вод": Subject("no_water", "HCS"),
}


def about(text: str) -> Subject | None:
    """A topic by one word, for the tests."""
    return next((subject for word, subject in WORDS.items() if word in text.lower()), None)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Здравствуйте. На Мира яма. И ещё не вывозят мусор третий день.",
            ["На Мира яма.", "И ещё не вывозят мусор третий день."],
        ),
        (
            "на Мира 5 яма, а ещё мусор не вывозят",
            ["на Мира 5 яма", "мусор не вывозят"],
        ),
        ("1) не горит фонарь 2) нет воды", ["1) не горит фонарь", "2) нет воды"]),
        (
            "Мусор не вывозят. Контейнеры переполнены.",
            ["Мусор не вывозят. Контейнеры переполнены."],
        ),
        (
            "Яма на Мира. Очень опасно. Все бьют колёса.",
            ["Яма на Мира. Очень опасно. Все бьют колёса."],
        ),
        ("Яма. Фонарь не горит. Яма глубокая.", ["Яма. Яма глубокая.", "Фонарь не горит."]),
        ("Просто здравствуйте", []),
    ],
)
def test_two_problems_in_one_text(text: str, parts: list[str]) -> None:
    found = [s.text.removeprefix("Здравствуйте. ") for s in segments(text, about)]
    assert found == parts
