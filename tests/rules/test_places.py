"""Answers to «Где это?»: places and reports told apart, two streets of one name, the outline."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.classifier import classifier_of
from bot.i18n import LOCALES, _, use_locale
from bot.municipality import load_municipality, parse_municipality, read_document
from services.areas import metres, near, within
from services.out_of_hours import Off, off_hours
from services.places_asked import SKIP
from services.understanding import Context, understand
from services.understanding.guess import COLD
from services.understanding.whereabouts import names_a_spot, settled, tells
from tests.support.hub import ZONE

TOWN = load_municipality()
CONTEXT = Context.of(TOWN, classifier_of(COLD))


@pytest.mark.parametrize(
    "text",
    [
        "напротив школы № 3",
        "у детского сада",
        "возле мусорных контейнеров",
        "остановка Северная",
        "детская площадка во дворе дома 5",
        "Ленина 7, третий подъезд",
        "слева от входа в парк",
        "на углу Мира и Горького",
        "Толстый мыс, у маяка",
    ],
)
def test_a_landmark_tells_nothing_however_sure_its_topic(text: str) -> None:
    assert not tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "Не горит фонарь у школы",
        "У нас ещё и мусор не вывозят",
        "контейнеры переполнены",
        "воды нет весь день",
        "на дороге яма, машины бьются",
    ],
)
def test_a_report_tells_what_happens(text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "возле мусорных контейнеров",
        "в конце улицы",
        "рынок",
        "Центральный рынок",
        "школа 3",
        "третий подъезд",
        "у большого серого дома",
        "5 мкр",
        "near the school",
    ],
)
def test_any_landmark_may_be_a_place(text: str) -> None:
    assert names_a_spot(text)


@pytest.mark.parametrize(
    "text",
    [
        "Уже третий день так",
        "там же",
        "на третий день",
        "с утра",
        "очень срочно",
        "помогите пожалуйста",
        "сил нет терпеть",
        "у меня",
        "да",
        "",
    ],
)
def test_when_and_how_is_no_place(text: str) -> None:
    assert not names_a_spot(text)


def test_no_place_in_every_locale_is_a_key_we_understand() -> None:
    for locale in LOCALES:
        with use_locale(locale):
            assert _("Skip").lower() in SKIP


@pytest.mark.parametrize("street", ["Горная", "Ленина", "Мира", "Революционная"])
def test_the_street_of_each_settlement_that_has_it(street: str) -> None:
    place = understand(f"{street} 5", CONTEXT).place
    assert place is not None
    assert len(place.ambiguous) > 1
    assert place.territory is None
    for name in place.ambiguous:
        found = settled(TOWN, place, name)
        assert found.settlement == name
        assert found.territory == TOWN.settlements[name].territory
        assert found.ambiguous == ()
        prefix = "" if name == TOWN.name else f"{name}, "
        assert found.text == f"{prefix}{place.text}"
        again = understand(place.text, CONTEXT).place
        assert again is not None
        assert again.ambiguous == place.ambiguous, "what stands in the case can be asked about"
    with pytest.raises(ValueError, match="expected one of"):
        settled(TOWN, place, "Новороссийск")


INSIDE = {
    "Геленджик": (44.561, 38.076),
    "Кабардинка": (44.653, 37.937),
    "Дивноморское": (44.502, 38.134),
    "Адербиевка": (44.594, 38.110),
    "Возрождение": (44.546, 38.226),
    "Джанхот": (44.466, 38.157),
    "Криница": (44.392, 38.337),
    "Бетта": (44.376, 38.385),
    "Пшада": (44.473, 38.400),
    "Архипо-Осиповка": (44.361, 38.532),
}
OUTSIDE = {
    "Новороссийск": (44.724, 37.768),
    "Абинск": (44.867, 38.151),
    "Джубга": (44.317, 38.703),
    "Туапсе": (44.096, 39.074),
    "Краснодар": (45.035, 38.975),
    "Москва": (55.756, 37.617),
    "нигде": (0.0, 0.0),
}


@pytest.mark.parametrize("name", INSIDE)
def test_its_settlements_are_inside(name: str) -> None:
    assert within(TOWN.area, INSIDE[name])


@pytest.mark.parametrize("name", OUTSIDE)
def test_its_neighbours_are_outside(name: str) -> None:
    assert not within(TOWN.area, OUTSIDE[name])


coordinate = st.floats(-80, 80, allow_nan=False).map(lambda x: round(x, 3))
boxes = st.tuples(coordinate, coordinate, coordinate, coordinate)


@given(boxes, coordinate, coordinate)
def test_in_a_box_it_is_what_comparing_says(
    box: tuple[float, float, float, float], x: float, y: float
) -> None:
    south, north = sorted(box[:2])
    west, east = sorted(box[2:])
    outline = [(south, west), (south, east), (north, east), (north, west)]
    for corners in (outline, outline[::-1], outline[2:] + outline[:2]):
        if south < x < north and west < y < east:
            assert within(corners, (x, y))
        elif not (south <= x <= north and west <= y <= east):
            assert not within(corners, (x, y))


def test_an_unknown_outline_holds_everything() -> None:
    document = read_document()
    del document["area"]
    town = parse_municipality(document, "without")
    assert town.area == ()
    assert within(town.area, OUTSIDE["Москва"])


@pytest.mark.parametrize(
    ("day", "hour", "minute", "off"),
    [
        (24, 10, 12, None),
        (24, 13, 20, None),
        (24, 18, 0, Off.EVENING),
        (24, 22, 59, Off.EVENING),
        (24, 23, 0, Off.NIGHT),
        (25, 4, 59, Off.NIGHT),
        (25, 5, 0, Off.MORNING),
        (25, 8, 59, Off.MORNING),
        (25, 9, 0, None),
        (27, 17, 0, Off.EVENING),
        (28, 12, 0, Off.DAY_OFF),
    ],
)
def test_which_part_of_the_day_off_work(day: int, hour: int, minute: int, off: Off | None) -> None:
    at = datetime(2026, 11, day, hour, minute, tzinfo=ZONE)
    assert off_hours(TOWN.calendar, at) is off


def test_the_nearest_settlement_of_a_point() -> None:
    found = near(TOWN, (44.652, 37.94))
    assert found is not None
    assert (found.settlement.name, found.settlement.territory) == ("Кабардинка", "kabardinka")
    assert found.km < 0.1
    assert near(TOWN, (55.7558, 37.6173)) is None, "outside of the municipality"


def test_distances_are_those_of_the_map() -> None:
    assert metres((44.0, 38.0), (45.0, 38.0)) == pytest.approx(111_195, abs=1)
    assert metres((60.0, 38.0), (60.0, 39.0)) == pytest.approx(55_597, abs=2)


def test_without_points_nothing_is_guessed() -> None:
    document = read_document()
    for settlement in document["settlements"]:
        settlement.pop("point", None)
    assert near(parse_municipality(document, "here"), (44.652, 37.94)) is None


def test_a_settlement_stands_inside_the_outline() -> None:
    document = read_document()
    document["settlements"][0]["point"] = [55.75, 37.61]
    with pytest.raises(ValueError, match=r"settlements\[0\]\.point: expected a point inside"):
        parse_municipality(document, "here")
