"""The picture itself: it opens, has its size, isn't blank, and its words stay on the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.i18n import LOCALES, use_locale
from bot.municipality import load_municipality
from bot.views import charts, digest_picture
from bot.views.frame import Frame
from bot.views.sheet import Sheet
from bot.views.sketches import Share
from services.digest_picture import Aged, Flow, Picture, Punctual

TOWN = load_municipality()
NOBODY: Any = None
FRAME = Frame(NOBODY, TOWN, "bot", datetime(2026, 11, 25, 5, 30, tzinfo=UTC))
CODES = tuple(TOWN.blocks)
EMPTY = Picture(
    day=date(2026, 11, 25),
    codes=CODES[:1],
    whole=False,
    flow=(Flow(),) * 7,
    month=date(2026, 11, 1),
    blocks=(),
    ages=(Aged(),) * 4,
)
ONE = replace(
    EMPTY,
    flow=(Flow(12, 9), Flow(15, 14), Flow(8, 11), Flow(3), Flow(2), Flow(21, 17), Flow(18, 19)),
    blocks=(Punctual(CODES[0], 103, 120),),
    ages=(Aged(14), Aged(9, 2), Aged(12, 1), Aged(6, 4)),
)
FIVE = replace(
    ONE, codes=CODES[:5], blocks=tuple(Punctual(c, 10 + n, 17) for n, c in enumerate(CODES[:5]))
)
WHOLE = replace(
    ONE,
    codes=CODES,
    whole=True,
    flow=tuple(Flow(d.received * 90, d.answered * 90) for d in ONE.flow),
    blocks=(
        *(Punctual(c, 10 + n, 25) for n, c in enumerate(CODES[:14])),
        *(Punctual(c, 1, 2) for c in CODES[14:]),
    ),
    ages=(Aged(1400, 1), Aged(900, 200), Aged(1200, 1000), Aged(6000, 6000)),
)
SITUATIONS = {"empty": EMPTY, "one": ONE, "five": FIVE, "whole": WHOLE}


def drawn(seen: Picture, locale: str) -> Image.Image:
    with use_locale(locale):
        sketch = digest_picture.sketch(FRAME, seen)
    return Image.open(BytesIO(charts.draw(sketch)))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", SITUATIONS)
def test_it_opens_fits_a_phone_and_nothing_runs_off_the_paper(name: str, locale: str) -> None:
    image = drawn(SITUATIONS[name], locale)
    assert image.format == "PNG"
    assert image.width == charts.WIDTH
    assert charts.WIDTH * 0.5 < image.height <= charts.HEIGHT
    paper = image.convert("RGB")
    colours = paper.getcolors(maxcolors=1 << 20)
    assert colours is not None
    assert len(colours) > 20, "letters have soft edges: it isn't blank"
    ground = paper.getpixel((0, 0))
    # The margins are empty: no word and no bar leaves its place.
    for edge in (
        (0, 0, 40, image.height),
        (image.width - 40, 0, image.width, image.height),
        (0, 0, image.width, 20),
        (0, image.height - 12, image.width, image.height),
    ):
        assert paper.crop(edge).getcolors() == [
            ((edge[2] - edge[0]) * (edge[3] - edge[1]), ground)
        ], edge


@pytest.mark.parametrize("seen", [FIVE, WHOLE])
def test_an_ordinary_one_is_as_tall_as_a_phone_likes(seen: Picture) -> None:
    assert drawn(seen, "ru").size == (1024, 1280)


def test_the_same_figures_are_the_same_bytes() -> None:
    sketch = digest_picture.sketch(FRAME, ONE)
    assert charts.draw(sketch) == charts.draw(sketch)
    assert charts.draw(sketch) != charts.draw(replace(sketch, title="чт, 26 ноября"))


def test_a_long_name_is_cut_where_the_figures_begin() -> None:
    name = "Благоустройство, освещение, озеленение и содержание территорий общего пользования"
    sketch = digest_picture.sketch(FRAME, FIVE)
    rows = tuple(replace(row, name=name) for row in sketch.shares)
    image = Image.open(BytesIO(charts.draw(replace(sketch, shares=rows, aside=name))))
    assert image.size == (1024, 1280)
    sheet = Sheet(100, 100)
    assert sheet.fitted("Дороги", 34, 500) == "Дороги"
    cut = sheet.fitted(name, 34, 500)
    assert cut.startswith("Благоустройство")
    assert cut.endswith("…")
    assert sheet.width(cut, 34) <= 500


def test_a_dollar_in_a_name_is_a_dollar() -> None:
    row = Share("Курс $1 и $2_x^", "86 %", 86, "5 из 6")
    sketch = replace(digest_picture.sketch(FRAME, ONE), shares=(row,))
    assert charts.draw(sketch)


@pytest.mark.parametrize(
    ("seen", "locale", "says"),
    [
        (
            ONE,
            "ru",
            "За 7 дней пришло 79, ответили 70 · в срок за ноябрь 86 % · "
            "открыто 41, из них просрочено 7",
        ),
        (
            ONE,
            "en",
            "In 7 days 79 received, 70 answered · in time in November: 86 % · "
            "41 open, 7 of them overdue",
        ),
        (EMPTY, "ru", "За 7 дней пришло 0, ответили 0 · открыто 0, просроченных нет"),
    ],
)
def test_the_caption_says_it_in_one_line(seen: Picture, locale: str, says: str) -> None:
    with use_locale(locale):
        assert digest_picture.caption(seen) == says


def _rows(seen: Picture) -> list[tuple[str, str, int | None, str]]:
    shares = digest_picture.sketch(FRAME, seen).shares
    return [(s.name, s.words, s.percent, s.note) for s in shares]


def test_what_has_no_room_is_counted() -> None:
    assert _rows(EMPTY) == [("сроков ещё не было", "", None, "")]
    little = replace(ONE, blocks=(Punctual("HCS", 3, 4),))
    assert _rows(little) == [("ЖКХ и энергетика", "мало данных (4)", None, "")]
    assert _rows(ONE) == [("ЖКХ и энергетика", "86 %", 86, "103 из 120")]
    whole = _rows(WHOLE)
    assert [percent for _, _, percent, _ in whole] == [40, 44, 48, 52, 56, None, None]
    assert whole[5:] == [
        ("ещё 9 блоков", "60–92 %", None, ""),
        ("2 блока", "мало данных", None, ""),
    ]
