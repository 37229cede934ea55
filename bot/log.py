"""Structured logs with ids. Texts of people are never logged; what slips in is masked here."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from contextlib import AbstractContextManager
from typing import Any

import structlog

from services.understanding.personal import mask

_IDS = frozenset({"timestamp", "level", "event", "chat", "remote"})
"""Never somebody's words; a chat's id may look like a card number."""
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{10,}")


def _redact(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    for key, value in event.items():
        if key not in _IDS and not isinstance(value, int | float):
            event[key] = _masked(value)
    return event


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(_TOKEN.sub("[token]", value))
    if isinstance(value, list | tuple):
        return [_masked(one) for one in value]
    if isinstance(value, dict):
        return {name: _masked(one) for name, one in value.items()}
    return value


def _trace(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Where it broke and by what kind of error; its message may quote people's words."""
    found = event.pop("exc_info", None)
    if found:
        kind, _error, tb = sys.exc_info() if found is True else found
        frames = "".join(traceback.format_tb(tb))
        event["exception"] = f"{frames}{kind.__name__ if kind else ''}"
    return event


def configure(form: str) -> None:
    """Log to stderr as console lines or JSON."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace,
        _redact,
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # aiogram and SQLAlchemy log errors with their messages; ours says the same without them.
    logging.basicConfig(level=logging.CRITICAL, stream=sys.stderr, force=True)


def about(**ids: object) -> AbstractContextManager[None]:
    """Every line that is logged inside says what it is about."""
    return structlog.contextvars.bound_contextvars(
        **{name: one for name, one in ids.items() if one is not None}
    )


log = structlog.get_logger()
