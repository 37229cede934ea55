"""The language a person reads: guessed from his messenger, then his own choice."""

from __future__ import annotations

from dataclasses import replace

from services import notify
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import OutOfDate
from services.notices import Kind

LOCALES = ("ru", "en")
"""The languages that the catalogues are complete in."""


@use_case
async def ask(desk: Desk, known: Known, *, chat: str, anchor: str) -> None:
    """/language: offers the languages in a message named `anchor`."""
    notify.here(desk, known, Kind.LANGUAGE, chat=chat, anchor=anchor, chosen=False)


@use_case
async def choose(desk: Desk, known: Known, *, locale: str, chat: str, anchor: str | None) -> None:
    """Everything from now on, and that message, is in `locale`. Raises OutOfDate for others."""
    if locale not in LOCALES:
        raise OutOfDate("outdated")
    desk.uow.put(replace(known.person, locale=locale))
    notify.here(desk, known, Kind.LANGUAGE, chat=chat, anchor=anchor, chosen=True)
