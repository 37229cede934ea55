"""The panels of a picture: where each word and each bar of a sketch stands.

The colours are Okabe and Ito's, which eyes of every kind tell apart; they differ in lightness too,
and what is late is said in words besides.
"""

from __future__ import annotations

from bot.views.sheet import DIM, INK, PAPER, Sheet
from bot.views.sketches import Share, Sketch, Stack

WIDTH = 1024
LEFT, RIGHT = 56, WIDTH - 56
BLUE, SKY, RED, TRACK = "#0072B2", "#56B4E9", "#D55E00", "#D3DAE1"
RED_INK = "#A84300"
"""RED for letters: dark enough to be read."""

TITLE, SHARE, LINE = 66, 70, 46
"""A panel's title; a row with a share and its bar; a row of words alone."""
FULL = 5
"""What fills a panel at the least: one case among none must not look like a flood."""


def _title(sheet: Sheet, top: float, words: str) -> None:
    sheet.text(LEFT, top + 44, words, 40, bold=True)


def days(sheet: Sheet, sketch: Sketch, top: float, height: int) -> None:
    """Two columns for every day; what they are stands beside the title."""
    _title(sheet, top, sketch.days_title)
    if not sketch.days:
        sheet.text(LEFT, top + TITLE + 34, sketch.no_days, 32, color=DIM)
        return
    _keys(sheet, sketch.keys, top + 44)
    most = max(FULL, *(max(day.first, day.second) for day in sketch.days))
    size = {1: 34, 2: 34, 3: 28}.get(len(str(most)), 22)
    floor, room = top + TITLE + height - 48, height - 48 - 44
    step = (RIGHT - LEFT) / len(sketch.days)
    for place, day in enumerate(sketch.days):
        middle = LEFT + step * (place + 0.5)
        for x, n, color in ((middle - 59, day.first, BLUE), (middle + 3, day.second, SKY)):
            tall = max(room * n / most, 4) if n else 0
            sheet.bar(x, floor - tall, 56, tall, color)
            ink = INK if n else DIM
            sheet.text(x + 28, floor - tall - 9, str(n), size, color=ink, align="center")
        sheet.text(middle, floor + 40, day.label, 32, color=DIM, align="center")
    sheet.bar(LEFT, floor, RIGHT - LEFT, 2, DIM)


def _keys(sheet: Sheet, keys: tuple[str, str], base: float) -> None:
    end = float(RIGHT)
    for words, color in ((keys[1], SKY), (keys[0], BLUE)):
        sheet.text(end, base, words, 34, align="right")
        end -= sheet.width(words, 34) + 12 + 28
        sheet.bar(end, base - 27, 28, 28, color)
        end -= 32


def shares_height(sketch: Sketch) -> int:
    """Of the rows of shares."""
    return sum(LINE if share.percent is None else SHARE for share in sketch.shares)


def shares(sheet: Sheet, sketch: Sketch, top: float) -> None:
    """A row for every share: name and figures, the bar with the goal's mark under them."""
    _title(sheet, top, sketch.shares_title)
    if any(share.percent is not None for share in sketch.shares):
        sheet.text(RIGHT, top + 44, sketch.goal_words, 32, color=DIM, align="right")
        sheet.bar(RIGHT - sheet.width(sketch.goal_words, 32) - 18, top + 14, 4, 34, INK)
    y = top + TITLE
    for share in sketch.shares:
        if share.percent is None:
            room = RIGHT - LEFT - sheet.width(share.words, 32) - 24
            sheet.text(LEFT, y + 34, sheet.fitted(share.name, 32, room), 32, color=DIM)
            sheet.text(RIGHT, y + 34, share.words, 32, color=DIM, align="right")
            y += LINE
            continue
        _share(sheet, share, share.percent, sketch.goal, y)
        y += SHARE


def _share(sheet: Sheet, share: Share, percent: int, goal: int, y: float) -> None:
    good, whole = percent >= goal, RIGHT - LEFT
    words, note = sheet.width(share.words, 36, bold=True), sheet.width(share.note, 30)
    ink = INK if good else RED_INK
    sheet.text(RIGHT, y + 32, share.words, 36, color=ink, bold=True, align="right")
    sheet.text(RIGHT - words - 16, y + 32, share.note, 30, color=DIM, align="right")
    room = whole - words - note - 16 - 24
    sheet.text(LEFT, y + 32, sheet.fitted(share.name, 34, room), 34)
    sheet.bar(LEFT, y + 43, whole, 16, TRACK)
    sheet.bar(LEFT, y + 43, whole * percent / 100, 16, BLUE if good else RED)
    mark = LEFT + whole * goal / 100
    # Light around the mark: it stands on dark and on grey.
    sheet.bar(mark - 5, y + 43, 10, 16, PAPER)
    sheet.bar(mark - 2, y + 41, 4, 23, INK)


def stacks(sheet: Sheet, sketch: Sketch, top: float, row: int) -> None:
    """A bar of cases a row, what is late in it first."""
    _title(sheet, top, sketch.stacks_title)
    if not sketch.stacks:
        return
    sheet.text(RIGHT, top + 44, sketch.stacks_aside, 32, color=DIM, align="right")
    begin = LEFT + max(sheet.width(s.label, 34) for s in sketch.stacks) + 24
    notes = max(sheet.width(s.note, 32) for s in sketch.stacks)
    number = max(sheet.width(str(s.cases), 36, bold=True) for s in sketch.stacks)
    room = RIGHT - begin - number - 16 - (notes + 28 if notes else 0)
    most = max(FULL, *(s.cases for s in sketch.stacks))
    for place, stack in enumerate(sketch.stacks):
        y = top + TITLE + row * place
        sheet.text(RIGHT, y + row / 2 + 3, stack.note, 32, color=RED_INK, align="right")
        _stack(sheet, stack, begin, room / most, y, row)


def _stack(sheet: Sheet, stack: Stack, begin: float, unit: float, y: float, height: int) -> None:
    base = y + height / 2 + 3
    edge, tall = base - 12 - (height - 18) / 2, height - 18
    wide = max(unit * stack.cases, 6) if stack.cases else 0
    late = max(unit * stack.late, 6) if stack.late else 0
    ink, gap = (INK, 16) if stack.cases else (DIM, 0)
    sheet.text(LEFT, base, stack.label, 34)
    sheet.bar(begin, edge, wide, tall, BLUE)
    if stack.late:
        sheet.bar(begin, edge, late, tall, RED)
        # Red and blue are one grey to some eyes: a gap tells them apart.
        sheet.bar(begin + late, edge, 4, tall, PAPER)
    sheet.text(begin + wide + gap, base, str(stack.cases), 36, bold=True, color=ink)
