"""The first day: groups and topics known from the vocabulary alone, on texts of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.classifier import classifier_of, lexicon
from bot.vocabulary import load_vocabulary
from services.classifier.lexicon import Lexicon
from services.classifier.vocabulary import Group, Subject, Vocabulary
from services.understanding.guess import Guess, same
from services.understanding.lemmas import content_of, tokens_of

GROUPS = 26
TOPICS = 359

PLAIN = [
    ("На Морской огромная яма посреди дороги, колесо пробил", "Дороги"),
    ("Светофор у рынка мигает жёлтым вторые сутки", "Дороги"),
    ("Нет тротуара, ребёнок идёт в школу по обочине", "Дороги"),
    ("Поставьте лежачего полицейского, носятся как на гонках", "Дороги"),
    ("Стёрлась разметка, зебру совсем не видно", "Дороги"),
    ("Дорогу не чистят от снега, гололёд, машины в кювете", "Дороги"),
    ("Во дворе не горит ни одного фонаря", "Благоустройство"),
    ("Сухое дерево наклонилось над детской площадкой, спилите", "Благоустройство"),
    ("Крышку люка украли, колодец открыт", "Благоустройство"),
    ("Трава по пояс в сквере, когда покос?", "Благоустройство"),
    ("Сломаны качели и горка на площадке", "Благоустройство"),
    ("Третий день нет горячей воды", "ЖКХ"),
    ("Батареи ледяные, в квартире 15 градусов", "ЖКХ"),
    ("Прорвало канализацию, нечистоты текут в подвал", "ЖКХ"),
    ("Управляющая компания не отвечает на заявки", "ЖКХ"),
    ("Крыша течёт, заливает верхний этаж", "ЖКХ"),
    ("Лифт стоит неделю, пенсионеры заперты", "ЖКХ"),
    ("Мусор не вывозят, контейнеры переполнены", "Обращение с отходами"),
    ("За гаражами устроили свалку строительного мусора", "Обращение с отходами"),
    ("Автобус 31 не пришёл, ждали час", "Общественный транспорт"),
    ("Кондуктор нахамила, сдачу не дала", "Общественный транспорт"),
    ("Не могу записаться к терапевту, талонов нет", "Здравоохранение"),
    ("В аптеках нет антибиотиков", "Здравоохранение"),
    ("Скорая ехала два часа", "Здравоохранение"),
    ("Сидим без света второй день, электричества нет", "Энергетика"),
    ("Напряжение скачет, сгорел холодильник", "Энергетика"),
    ("С завода ужасный запах, нечем дышать", "Экология"),
    ("Стая бездомных собак бросается на детей", "Безопасность и правопорядок"),
    ("Сосед включает музыку после полуночи, шум", "Безопасность и правопорядок"),
    ("Очередь в детский сад не двигается", "Образование"),
    ("Учительница кричит на детей и унижает их", "Образование"),
    ("Отказали в детском пособии", "Социальное обслуживание и защита"),
    ("Нужен пандус для инвалида-колясочника", "Социальное обслуживание и защита"),
    ("Памятник погибшим солдатам разрушается", "Культура"),
    ("На стадионе убитый газон и раздевалки", "Физическая культура и спорт"),
    ("Интернет пропадает каждый вечер, провайдер молчит", "Связь и телевидение"),
    ("Почта закрыта, посылку не выдают", "Связь и телевидение"),
    ("Два месяца не платят зарплату", "Труд и занятость"),
    ("Пришла повестка, хотя есть отсрочка", "Военная служба"),
    ("Торгуют арбузами прямо на тротуаре с земли", "Экономика и бизнес"),
    ("Застройщик шумит ночью на стройке", "Строительство и архитектура"),
    ("Обманутые дольщики ждут квартиры", "Строительство и архитектура"),
]


def guess(text: str) -> Guess:
    """What the vocabulary alone says."""
    return classifier_of("cold").guess(text, tokens_of(text))


def test_the_classifier_is_whole() -> None:
    vocabulary = load_vocabulary()
    codes = [topic.code for _, topic in vocabulary.topics]
    names = [(group, same(topic.name)) for group, topic in vocabulary.topics]
    assert (len(vocabulary.groups), len(codes)) == (GROUPS, TOPICS)
    assert len(set(codes)) == len(set(names)) == TOPICS


def test_a_plain_text_finds_its_group() -> None:
    wrong = [
        (text, guess(text).groups) for text, group in PLAIN if guess(text).groups[0][0] != group
    ]
    assert not wrong


def test_every_topic_is_found_by_its_own_words() -> None:
    lost = []
    for _, topic in load_vocabulary().topics:
        said = " ".join(
            part.split("/")[0].rstrip("*") for part in topic.words[0].strip("!~").split()
        )
        seen = lexicon().read(content_of(tokens_of(said)))
        number = [t.code for _, t in load_vocabulary().topics].index(topic.code)
        if "*" not in topic.words[0] and not seen.topics[number]:
            lost.append(topic.code)
    assert not lost


def test_a_landmark_is_no_subject() -> None:
    said = guess("Напротив поликлиники яма на дороге")
    assert said.groups[0][0] == "Дороги"
    assert "яма" in said.words


def test_nothing_known_is_said_plainly() -> None:
    said = guess("ыыы ъъъ")
    assert (said.groups, said.topics, said.confidence, said.auto) == ((), (), 0.0, False)


@given(st.text(max_size=200))
def test_any_text_gets_an_answer_that_holds_together(text: str) -> None:
    said = guess(text)
    assert 0 <= said.confidence <= 1
    chances = [chance for _, chance in said.groups]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1.001


def small(*words: str, against: tuple[str, ...] = ()) -> Lexicon:
    """A vocabulary of one topic."""
    topic = Subject("one", "Один", "Одна тема", words, against)
    return Lexicon(Vocabulary((Group("g", "Группа", ("город",), (topic,)),)))


def score(told: Lexicon, text: str) -> float:
    """What speaks for the only topic."""
    return float(told.read(content_of(tokens_of(text))).topics[0])


@pytest.mark.parametrize(
    ("phrase", "text", "met"),
    [
        ("яма двор", "во дворе большая яма", True),
        ("яма двор", "яма на дороге", False),
        (
            "яма двор",
            "яма у соседей уже третий год подряд, и никто её не видит, двор чистый",
            False,
        ),
        ("нет/без вода/свет", "сидим без света", True),
        ("асфальт*", "заасфальтировать", False),
        ("асфальт*", "асфальтирование улицы", True),
    ],
)
def test_phrases(phrase: str, text: str, met: bool) -> None:
    assert bool(score(small(phrase), text)) is met


def test_marks_and_words_against() -> None:
    text = "открытый люк"
    plainly = score(small("люк"), text)
    assert score(small("!люк"), text) > plainly > score(small("~люк"), text)
    assert score(small("люк", against=("открытый",)), text) < plainly
