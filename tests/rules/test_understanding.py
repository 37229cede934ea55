"""From words to topic, place and urgency; the demo's appeals fare as they say."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.classifier import classifier_of
from bot.demo import DemoAppeal, load_appeals
from bot.municipality import load_municipality
from services.policies import Urgency
from services.understanding import Context, Understanding, understand
from services.understanding.guess import COLD

APPEALS = load_appeals()


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(load_municipality(), classifier_of(COLD))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("На Островского у дома 12 третий день течёт колодец, вода по дороге", "water_leak_road"),
        ("яма на Гоголя", "pothole"),
        ("в Кабардинке на Мира 5 не вывозят мусор", "garbage_pickup"),
        ("не горит фонарь", "street_light"),
        ("холодные батареи", "no_heating"),
        ("на Толстом мысу нет воды третий день", "no_water"),
        ("в Марьиной Роще нет света", "no_power"),
        ("застрял лифт", "lift"),
        ("стая собак у магазина", "stray_dogs"),
        ("автобус не ходит", "bus_schedule"),
        ("очередь в детский сад", "kindergarten_place"),
        ("нет талонов к терапевту", "doctor_appointment"),
        ("закрыли проход к морю", "beach_access"),
        ("громкая музыка ночью", "resort_noise"),
        ("нет интернета", "internet"),
        ("упало дерево и перегородило проезд", "tree_fallen"),
        ("самострой у соседа", "illegal_building"),
        ("большое спасибо рабочим, вы молодцы", "thanks"),
        ("конфорка не горит", "gas_supply"),
        ("строят 9 этажей вместо 5", "illegal_building"),
        ("Маршрутка 5 не едет", "bus_schedule"),
        ("в маршрутке душно", "bus_state"),
        ("маршрутка не остановилась", "bus_driver"),
    ],
)
def test_topics(context: Context, text: str, topic: str) -> None:
    found = understand(text, context)
    assert found.topic == topic
    assert found.sure
    assert found.block == context.municipality.topics[topic].block
    assert found.essence == context.municipality.topics[topic].name
    assert found.candidates[0].topic == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Спасибо за ремонт детской площадки", "thanks"),
        ("Хочу поблагодарить за новые фонари на улице Мира", "thanks"),
        ("Спасибо сантехникам за оперативность", "thanks"),
        ("Спасибо за ремонт, но качели сломаны", "playground"),
        ("Спасибо за ремонт площадки. Сделайте лавочки", "benches"),
        ("Спасибо за яму на дороге", "pothole"),
        ("Спасибо, очень ждём ремонта дороги", "pothole"),
        ("Сделайте ремонт дороги, спасибо", "pothole"),
    ],
)
def test_who_only_thanks_reports_nothing(context: Context, text: str, topic: str) -> None:
    found = understand(text, context)
    assert found.topic == topic
    assert (found.urgency is Urgency.QUESTION) is (topic == "thanks")


@pytest.mark.parametrize("text", ["", "   ", "Здравствуйте!", "привет", "👍", "12345", "спасибо!"])
def test_nothing_to_go_by(context: Context, text: str) -> None:
    found = understand(text, context)
    assert found.topic is None
    assert found.block is None
    assert found.confidence == 0
    assert not found.sure
    assert found.candidates == ()
    assert found.urgency is Urgency.NORMAL


def test_candidates_are_of_different_blocks(context: Context) -> None:
    found = understand("У нас во дворе дерево и лужа, собаки и снег", context)
    assert len({candidate.block for candidate in found.candidates}) == 3
    assert not found.sure


def test_words_are_the_citizens(context: Context) -> None:
    found = understand("Не горят фонари на Одесской", context)
    assert set(found.candidates[0].words) >= {"горят", "фонари"}


def test_names_of_streets_say_nothing_of_the_topic(context: Context) -> None:
    assert understand("ул. Водопроводная 5, яма", context).topic == "pothole"


PLACES: list[tuple[str, str | None, str | None, str | None, str | None]] = [
    ("на Островского 12 яма", "ул. Островского, 12", "Геленджик", "Островского", "12"),
    ("На Островского у дома 12 течёт", "ул. Островского, 12", "Геленджик", "Островского", "12"),
    ("по улице Мира, д. 5", "ул. Мира, 5", None, "Мира", "5"),
    ("в Кабардинке на Мира 5", "Кабардинка, ул. Мира, 5", "Кабардинка", "Мира", "5"),
    ("ул. Горького дом 12а", "ул. Горького, 12а", "Геленджик", "Горького", "12а"),
    ("на Гоголя, 14-а", "ул. Гоголя, 14а", "Геленджик", "Гоголя", "14а"),
    ("на солнцедарской 3/1 свалка", "ул. Солнцедарская, 3/1", "Геленджик", "Солнцедарская", "3/1"),
    ("Херсонская 2 к 1, лифт", "ул. Херсонская, 2 к. 1", "Геленджик", "Херсонская", "2 к. 1"),
    ("Полевая 12 а вода не идёт", "ул. Полевая, 12", "Геленджик", "Полевая", "12"),
    ("на Крымской 3 день нет воды", "ул. Крымская", "Геленджик", "Крымская", None),
    ("на Тельмана третий день", "ул. Тельмана", "Геленджик", "Тельмана", None),
    ("на Тельмана 5 дней нет воды", "ул. Тельмана", "Геленджик", "Тельмана", None),
    ("на Тельмана с 24.11.2026", "ул. Тельмана", "Геленджик", "Тельмана", None),
    ("на Революционной улице, 10", "ул. Революционная, 10", None, "Революционная", "10"),
    ("на улице Солнечной 8 яма", "ул. Солнечная, 8", None, "Солнечная", "8"),
    ("в Бетте, пер. Тихий 4", "Бетта, пер. Тихий, 4", "Бетта", "Тихий", "4"),
    ("на Толстом мысу", "Толстый мыс", "Геленджик", None, None),
    ("мкр Северный", "Северный", "Геленджик", None, None),
    ("в Марьиной Роще", "Марьина Роща", "Марьина Роща", None, None),
    ("в Дивноморском на пляже", "Дивноморское", "Дивноморское", None, None),
    ("в посёлке Светлый", "Светлый", "Светлый", None, None),
    ("светлый день, хочу мира", None, None, None, None),
    ("толстого кота видели третий день", None, None, None, None),
    ("у дома 12", None, None, None, None),
]


@pytest.mark.parametrize(("text", "words", "settlement", "street", "house"), PLACES)
def test_places(
    context: Context,
    text: str,
    words: str | None,
    settlement: str | None,
    street: str | None,
    house: str | None,
) -> None:
    place = understand(text, context).place
    if words is None:
        assert place is None
        return
    assert place is not None
    assert (place.text, place.settlement, place.street, place.house) == (
        words,
        settlement,
        street,
        house,
    )
    known = context.municipality.settlements
    assert place.territory == (known[settlement].territory if settlement else None)


def test_a_street_of_two_settlements_is_asked_about(context: Context) -> None:
    place = understand("яма на Революционной 4", context).place
    assert place is not None
    assert set(place.ambiguous) == {"Геленджик", "Кабардинка"}
    named = understand("Кабардинка, Революционная 4, яма", context).place
    assert named is not None
    assert named.ambiguous == ()
    assert named.territory == "kabardinka"


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Пахнет газом в подъезде", Urgency.EMERGENCY),
        ("не сильно, но пахнет газом", Urgency.EMERGENCY),
        ("не сильно пахнет газом", Urgency.EMERGENCY),
        ("не только пахнет газом, но и шипит", Urgency.EMERGENCY),
        ("Нет света и пахнет газом", Urgency.EMERGENCY),
        ("стало пахнуть газом", Urgency.EMERGENCY),
        ("пожар на Мира 5", Urgency.EMERGENCY),
        ("дым в подъезде", Urgency.EMERGENCY),
        ("искрит столб", Urgency.EMERGENCY),
        ("оборван провод, лежит на тротуаре", Urgency.EMERGENCY),
        ("человек провалился в колодец", Urgency.EMERGENCY),
        ("рухнул балкон", Urgency.EMERGENCY),
        ("человек лежит без сознания", Urgency.EMERGENCY),
        ("топит кипятком подвал", Urgency.EMERGENCY),
        ("запах хлора у бассейна", Urgency.EMERGENCY),
        ("открытый люк на Одесской", Urgency.CRITICAL),
        ("нет воды в нескольких домах на Кирова", Urgency.CRITICAL),
        ("не работает светофор", Urgency.CRITICAL),
        ("упало дерево на дорогу", Urgency.CRITICAL),
        ("фонтан канализации во дворе", Urgency.CRITICAL),
        ("стая собак напала на прохожего", Urgency.CRITICAL),
        ("ветром сорвало крышу", Urgency.CRITICAL),
        ("улицу затопило", Urgency.CRITICAL),
        ("яма, пробил колесо", Urgency.HIGH),
        ("яма рядом со школой", Urgency.HIGH),
        ("течёт крыша", Urgency.HIGH),
        ("яма на дороге", Urgency.NORMAL),
        ("когда концерт?", Urgency.QUESTION),
    ],
)
def test_urgency(context: Context, text: str, urgency: Urgency) -> None:
    assert understand(text, context).urgency is urgency


@pytest.mark.parametrize(
    "text",
    [
        "газом не пахнет, но плита не работает",
        "запаха газа нет",
        "запаха газа уже нет",
        "нет никакого запаха газа",
        "больше не пахнет газом",
        "пожара не было, просто дымили шашлыки",
        "после пожара остался мусор",
        "в случае пожара машина не проедет",
        "ребёнок может провалиться в колодец",
        "есть опасность обрушения балкона",
    ],
)
def test_no_emergency(context: Context, text: str) -> None:
    assert understand(text, context).urgency is not Urgency.EMERGENCY


@pytest.mark.parametrize("text", ["приезжайте скорее", "скорее", "в скором времени"])
def test_haste_is_no_ambulance(context: Context, text: str) -> None:
    assert understand(text, context).topic is None
    assert understand("скорая не едет", context).topic == "ambulance"


def test_every_danger_of_a_text_is_named(context: Context) -> None:
    found = understand("на Ленина 5 пахнет газом, люди без сознания", context)
    assert len(found.dangers) == 2
    assert not understand("яма, пробил колесо", context).dangers


def test_an_emergency_brings_its_words_and_advice(context: Context) -> None:
    found = understand("Здравствуйте, пахнет газом на Мира", context)
    assert found.urgency_words == ("пахнет", "газом")
    assert found.advice is not None
    assert "104" in found.advice.advice


def test_an_emergency_without_a_topic_still_has_a_block(context: Context) -> None:
    found = understand("человек без сознания!", context)
    assert found.topic is None
    assert found.block == "MED"
    assert not found.sure


def test_masked_before_anything_else(context: Context) -> None:
    found = understand("позвоните мне, 8 918 123-45-67, что-то случилось у нас тут", context)
    assert found.masked == "позвоните мне, [телефон], что-то случилось у нас тут"
    assert "918" not in found.essence


def test_essence_of_an_unknown_thing_is_its_beginning(context: Context) -> None:
    found = understand("абракадабра " * 20, context)
    assert found.essence.endswith("…")
    assert len(found.essence) <= 61


@pytest.mark.parametrize("appeal", APPEALS, ids=[a.author for a in APPEALS])
def test_demo_appeals_route_as_they_say(context: Context, appeal: DemoAppeal) -> None:
    found: Understanding = understand(appeal.text, context)
    assert found.sure is not appeal.unsure
    assert found.urgency is appeal.urgency
    assert appeal.emergency is (appeal.urgency is Urgency.EMERGENCY)
    assert 120 <= len(appeal.answer) <= 400
    assert context.municipality.topics[appeal.topic].block == appeal.block
    if appeal.unsure:
        assert appeal.block in {candidate.block for candidate in found.candidates}
    else:
        assert (found.topic, found.block) == (appeal.topic, appeal.block)


def test_demo_day_covers_the_town(context: Context) -> None:
    sure = Counter(appeal.block for appeal in APPEALS if not appeal.unsure)
    assert len(APPEALS) == 46
    assert sum(appeal.unsure for appeal in APPEALS) == 6
    assert sum(appeal.emergency for appeal in APPEALS) == 1
    assert set(sure) == set(context.municipality.blocks)
    assert min(sure.values()) >= 2
    assert len({appeal.author for appeal in APPEALS}) == 46
