"""Places told from their words: a set of our own with inflections, slips and what is no place.

The rules may be tuned on `places_dev.tsv` only; `places_check.tsv` says how they fare on others.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.classifier import classifier_of
from bot.municipality import load_municipality
from services.problem_rules import place_key
from services.sameness import elsewhere, same
from services.understanding import Context, Place, understand
from services.understanding.guess import COLD

FOLDER = Path(__file__).parent
PARTS = ("dev", "check")
NOWHERE = ("-", "-")
ASKED = "?"
"""A street of several settlements: the citizen is asked which, nothing is guessed."""


@dataclass(frozen=True)
class Said:
    """A text and where it is."""

    text: str
    where: tuple[str, str]
    """Settlement and street."""
    house: str


def said(part: str) -> list[Said]:
    """One part of the set."""
    with (FOLDER / f"places_{part}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Said(r["text"], (r["settlement"], r["street"]), r["house"]) for r in rows]


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(load_municipality(), classifier_of(COLD))


def where(place: Place | None) -> tuple[str, str]:
    """Settlement and street as the set writes them."""
    if place is None:
        return NOWHERE
    return (ASKED if place.ambiguous else place.settlement or "-"), place.street or "-"


def test_the_set_is_large() -> None:
    texts = [one for part in PARTS for one in said(part)]
    assert len(texts) >= 200
    assert len({one.text for one in texts}) == len(texts)
    assert sum(one.where == NOWHERE for one in texts) >= len(texts) / 5
    assert sum(one.where[0] == ASKED for one in texts) >= 15


@pytest.mark.parametrize("part", PARTS)
def test_settlement_or_street_is_found(context: Context, part: str) -> None:
    """F1 ≥ .92; a wrong place counts both as a miss and as a false find."""
    pairs = [(one, understand(one.text, context).place) for one in said(part)]
    right = sum(where(place) == one.where != NOWHERE for one, place in pairs)
    precision = right / sum(where(place) != NOWHERE for _, place in pairs)
    recall = right / sum(one.where != NOWHERE for one, _ in pairs)
    wrong = "\n".join(f"{one.text}: {where(p)}" for one, p in pairs if where(p) != one.where)
    assert 2 * precision * recall / (precision + recall) >= 0.92, wrong


@pytest.mark.parametrize("part", PARTS)
def test_houses_of_streets_that_were_found(context: Context, part: str) -> None:
    pairs = [(one, understand(one.text, context).place) for one in said(part)]
    streets = [(one, p) for one, p in pairs if p and p.street and where(p) == one.where]
    wrong = [(one.text, p.house) for one, p in streets if (p.house or "-") != one.house]
    assert len(wrong) <= len(streets) * 0.05, wrong


LANDMARKS = [
    ("яма возле школы № 3", "возле школы № 3", "школа 3"),
    ("у школы №3 не горит фонарь", "у школы №3", "школа 3"),
    ("в 3-й школе холодно", "в 3-й школе", "школа 3"),
    ("детский сад № 12 без отопления", "детский сад № 12", "сад 12"),
    ("напротив рынка свалка", "напротив рынка", "рынок"),
    ("возле центрального рынка драка", "возле центрального рынка", "рынок"),
    ("на рынке грязь", "на рынке", "рынок"),
    ("рядом с автовокзалом яма", "рядом с автовокзалом", "автовокзал"),
    ("в районе маяка костёр", "в районе маяка", "маяк"),
    ("за больницей свалка", "за больницей", "больница"),
    ("возле Магнита собаки", "возле Магнита", "магнит"),
    ("остановка Северная без крыши", "остановка Северная", "остановка северная"),
    ("на остановке «Школьная» нет урны", "на остановке «Школьная»", "остановка школьная"),
    ("на 1530 км трассы М-4 авария", "на 1530 км трассы М-4", "1530 км М4"),
    ("М-4, 1530 км, яма", "М-4, 1530 км", "1530 км М4"),
    ("на 25-м километре камни", "на 25-м километре", "25 км"),
    ("км 1530+450, знак упал", "км 1530+450", "1530+450 км"),
    ("в Кабардинке возле школы № 31 яма", "Кабардинка, возле школы № 31", "школа 31"),
    ("на Толстом мысу у маяка темно", "Толстый мыс, у маяка", "маяк"),
]


@pytest.mark.parametrize(("text", "words", "key"), LANDMARKS)
def test_a_landmark_that_can_be_found(context: Context, text: str, words: str, key: str) -> None:
    place = understand(text, context).place
    assert place is not None
    assert (place.text, place.landmark, place.street) == (words, key, None)


CORNERS = [
    ("На перекрёстке Ленина и Островского яма", "перекрёсток Ленина и Островского"),
    ("перекресток улиц Островского и Ленина", "перекрёсток Островского и Ленина"),
    ("на перекрёстке ленина и островского яма", "перекрёсток Ленина и Островского"),
    ("на углу Горной и Шевченко темно", "перекрёсток Горной и Шевченко"),
    ("Горная-Шевченко авария", "перекрёсток Горной и Шевченко"),
    ("Ленина/Островского яма", "перекрёсток Ленина и Островского"),
    ("Чехова угол Горького, светофор мигает", "перекрёсток Чехова и Горького"),
    ("пересечение Мира с Горького", "перекрёсток Мира и Горького"),
    ("угол ул. Мира и ул. Горького", "перекрёсток Мира и Горького"),
    (
        "в Дивноморском на углу Горной и Ленина яма",
        "Дивноморское, перекрёсток Горной и Ленина",
    ),
]


@pytest.mark.parametrize(("text", "words"), CORNERS)
def test_a_corner_names_both_streets_and_its_words_are_read_again(
    context: Context, text: str, words: str
) -> None:
    place = understand(text, context).place
    assert place is not None
    assert (place.text, place.ambiguous) == (words, ())
    again = understand(words, context).place
    assert again is not None
    assert (again.text, place_key(again)) == (words, place_key(place))


@pytest.mark.parametrize(
    "text",
    ["На Ленина и Островского темно", "маршрут Ленина - Мира не ходит", "угол дома сломан"],
)
def test_two_streets_are_no_corner_by_themselves(context: Context, text: str) -> None:
    place = understand(text, context).place
    assert place is None or place.cross is None


def test_a_corner_is_one_place_in_either_order_and_not_its_streets(context: Context) -> None:
    ways = ("угол Ленина и Островского, яма", "перекрёсток Островского и Ленина размыло")
    one, other = (understand(text, context).place for text in ways)
    street = understand("на Островского темно", context).place
    assert place_key(one) == place_key(other) == "геленджик|ленина × островского"
    assert place_key(street) != place_key(one)
    assert same(one, other)
    assert not elsewhere(one, street)
    further = understand("перекрёсток Ленина и Луначарского", context).place
    assert elsewhere(one, further)


def test_one_spot_named_in_two_ways_is_one_place(context: Context) -> None:
    ways = ("у школы №3 яма", "в 3-й школе холодно", "напротив школы номер 3")
    assert len({place_key(understand(text, context).place) for text in ways}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "у школы яма",
        "возле дома лужа",
        "построили 3 школы",
        "школа 1200 мест",
        "у администрации нет денег",
        "отдали деньги за больницу",
        "в 2 км от города свалка",
        "проехал 5 км по плохой дороге",
        "у Марины собака без намордника",
    ],
)
def test_what_says_too_little_is_no_place(context: Context, text: str) -> None:
    assert understand(text, context).place is None
