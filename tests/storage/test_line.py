"""The line of the outbox between two looks."""

from __future__ import annotations

import pytest

from bot.delivery.limits import Limits, Pacer
from bot.delivery.line import Line
from bot.delivery.schedule import BEAT, LEAD
from storage.store import Store
from tests.storage.samples import NOON, notice, queue


async def test_who_rests_is_looked_at_when_his_rest_is_over(store: Store) -> None:
    """However often it is looked in between: a wake for others must not cost him a beat."""
    await queue(store, notice("1"), notice("2"))
    pacer = Pacer(Limits())
    pacer.take("t:1", is_group=False, now=0.0)
    line = Line(store, pacer, lambda: NOON)
    asked = {"skip": (), "busy": (), "unsent": 0, "pauses": {}, "may_draw": True}
    first = await line.next(0.1, **asked)
    assert [row.chat_id for row in first.go] == ["2"]
    second = await line.next(0.3, **{**asked, "busy": ["t:2"]})
    assert not second.go
    assert 0.3 + second.pause == pytest.approx(1.0 - LEAD)
    assert second.pause < BEAT
    third = await line.next(1.0 - LEAD, **{**asked, "busy": ["t:2"]})
    assert [row.chat_id for row in third.go] == ["1"]
