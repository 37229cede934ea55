"""A row runs and gives a figure. What the figure is, is nobody's assertion: machines differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.bench.figures import Figure, at_least, at_most, of_rounds, plain
from tests.bench.page import BEGIN, END, write
from tests.bench.registry import Bench, all_rows
from tests.bench.rows.intake import measured


async def test_a_row_gives_its_figure(tmp_path: Path) -> None:
    figure = await measured(Bench(tmp_path, scale=0.01, rounds=1), webhook=True)
    assert figure.ratio > 0


def test_the_ratio_is_the_median_of_the_rounds() -> None:
    figure = of_rounds("x", [(10, 5), (10, 9), (20, 40)], str, at_least(0.8))
    assert (figure.ratio, figure.met) == (0.9, True)
    assert not of_rounds("x", [(10, 5)], str, at_most(0.4)).met
    assert Figure("x", "", "", 1.0, at_least(1.0), broken="order lost").met is False
    assert "order lost" in plain([Figure("x", "", "", 1.0, broken="order lost")])


def test_rows_not_measured_now_stay_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"above\n{BEGIN}\n{END}\nbelow\n")
    first, second = (row.name for row in all_rows()[:2])
    write(
        {first: [Figure("a", "1", "2", 2.0)], second: [Figure("b", "1", "3", 3.0)]},
        date(2026, 11, 24),
        page,
    )
    write({first: [Figure("a", "1", "4", 4.0)]}, date(2026, 11, 25), page)
    text = page.read_text()
    assert text.startswith("above\n")
    assert text.endswith("\nbelow\n")
    lines = [line for line in text.splitlines() if line.startswith((f"| {first} ", f"| {second} "))]
    assert [("4.00" in line, "3.00" in line) for line in lines] == [(True, False), (False, True)]
