"""«Разделить: яма / мусор» on the triage card of a text with two problems in it."""

from __future__ import annotations

from bot.i18n import _
from bot.views import return_words
from bot.views.frame import Frame
from bot.views.rendered import Button, Rows, shortened
from services.button_data import data
from services.model import Appeal, Event
from services.twins import blocks_of
from services.understanding.lemmas import is_noun, lemma_of

_WIDTH = 10
"""Characters of each half: together with «Разделить» they fill a row."""
_ROWS = 3


def with_split(frame: Frame, appeal: Appeal, events: list[Event], rows: Rows) -> Rows:
    """The rows of the triage card under that button, where there is something to split.

    There is no fourth row: the third best block gives way, its place is behind «Другой блок».
    """
    halves = blocks_of(events)
    if halves is None or return_words.is_final(appeal):
        return rows
    one, other = (shortened(_name(frame, appeal, block), _WIDTH) for block in halves)
    text = _("Split: {one} / {other}", one=one, other=other)
    if len(rows) == _ROWS:
        rows = (rows[0], (rows[1][-1], *rows[2]))
    return ((Button(text, data("t1", "half", appeal.id)),), *rows)


def _name(frame: Frame, appeal: Appeal, block: str) -> str:
    """The thing that the citizen named, as it stands in a dictionary; else the block."""
    words = next((c["words"] for c in appeal.candidates if c["block"] == block), [])
    thing = next((word for word in words if is_noun(word)), None)
    return lemma_of(thing) if thing else frame.block(block)
