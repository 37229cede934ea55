"""How long the database takes to answer, statement by statement."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.watch.counts import Counts
from storage.engine import Engines


def time_statements(engines: Engines, counts: Counts) -> None:
    """Count every statement from now on. Connections that are open already are not seen."""
    _time(engines.writer, "writer", counts)
    if engines.reader is not engines.writer:
        _time(engines.reader, "reader", counts)


def _time(engine: AsyncEngine, name: str, counts: Counts) -> None:
    number, spent = counts.statements.values, counts.statement_time.values
    label = (name,)

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def before(_c: Any, _cursor: Any, _s: Any, _p: Any, context: Any, _many: bool) -> None:
        context.began = perf_counter()

    @event.listens_for(engine.sync_engine, "after_cursor_execute")
    def after(_c: Any, _cursor: Any, _s: Any, _p: Any, context: Any, _many: bool) -> None:
        number[label] += 1
        spent[label] += perf_counter() - context.began
