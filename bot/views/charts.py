"""A picture of figures for a phone: what is to be seen → PNG. Knows neither words nor facts.

It is 4:5 and no larger than what Telegram keeps as it is; on a phone it stands some 300 points
wide, so nothing is set smaller than 30 pixels where two digits are enough. It brings its own paper
and reads the same on a light and on a dark theme.
"""

from __future__ import annotations

from bot.views import chart_panels as panels
from bot.views.chart_panels import LEFT, LINE, RIGHT, TITLE, WIDTH
from bot.views.sheet import DIM, Sheet
from bot.views.sketches import Sketch

HEIGHT = 1280
HEAD, GAP, FOOT = 84, 36, 34
COLUMNS, STACK = 212, 54
"""Columns of days with their numbers and labels; a row with a bar of cases. They may grow."""
SPARE = 420
"""At most so many pixels are shared out among the panels; then the picture is shorter."""


def draw(sketch: Sketch) -> bytes:
    """The picture as PNG; the same bytes for the same sketch."""
    columns, stack, gap = COLUMNS if sketch.days else LINE, STACK, GAP
    shares = panels.shares_height(sketch)
    fixed = HEAD + 3 * TITLE + shares + FOOT
    spare = HEIGHT - fixed - columns - stack * len(sketch.stacks) - 2 * gap
    spare = min(max(spare, 0), SPARE)
    more = int(spare * 0.15)
    gap += more
    spare -= 2 * more
    if sketch.stacks:
        more = int(more / len(sketch.stacks))
        stack += more
        spare -= more * len(sketch.stacks)
    if sketch.days:
        columns += spare
    sheet = Sheet(WIDTH, fixed + columns + stack * len(sketch.stacks) + 2 * gap)
    room = RIGHT - LEFT - sheet.width(sketch.title, 32) - 32
    sheet.text(LEFT, 66, sketch.title, 32, color=DIM)
    sheet.text(RIGHT, 66, sheet.fitted(sketch.aside, 32, room), 32, color=DIM, align="right")
    panels.days(sheet, sketch, HEAD, columns)
    top = HEAD + TITLE + columns + gap
    panels.shares(sheet, sketch, top)
    panels.stacks(sheet, sketch, top + TITLE + shares + gap, stack)
    return sheet.png()
