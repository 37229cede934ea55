"""`python -m bot queue inbox|outbox list|show|retry|drop`: both queues, beside a running hub.

Exit 0: done; 1: a row is not there or not in that state, and nothing was changed; 2: bad input.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated, Any, TypeVar

import typer

from bot import directory
from bot.clock import Clock, SystemClock, TownFollower
from bot.commands.offline import asked
from bot.commands.plainly import fail, said_plainly
from bot.commands.queue_sides import INBOX, OUTBOX, Row, Side
from bot.config import Settings, SettingsError, read
from bot.i18n import DEFAULT_LOCALE, LOCALES, _, check_catalogues, ngettext, supported, use_locale
from bot.views import queues
from services.access import Actor
from services.desk import Desk
from services.errors import DomainError
from services.understanding import Context, look, understand
from services.understanding.places import PlaceIndex
from storage.migrate import pending
from storage.store import Store
from storage.unit import UnitOfWork

T = TypeVar("T")

CHUNK = 100
"""Rows settled in one transaction: the hub beside us writes in between."""
OPERATOR = Actor(person_id=None, administrator=True)

group = typer.Typer(help="Look after what waits and what is stuck.", no_args_is_help=True)

Lang = Annotated[str, typer.Option(help="ru or en")]
Ids = Annotated[list[int] | None, typer.Argument(help="Numbers, as «list» shows them.")]
Every = Annotated[bool, typer.Option("--all", help="Whatever is stuck.")]
Sure = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
State = Annotated[str, typer.Option(help="A state, or «all»; by default what is stuck.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="The newest so many.")]


class Refused(Exception):
    """Nothing was done; the lines say why."""


def _commands(side: Side) -> typer.Typer:
    made = typer.Typer(help=side.help, no_args_is_help=True)

    @made.command("list")
    def listed(state: State = "", limit: Limit = 50, lang: Lang = DEFAULT_LOCALE) -> None:
        """Rows in a state, the newest first."""
        with _spoken(lang):
            wanted = state or side.stuck
            if wanted not in (*side.states, "all"):
                fail(
                    _(
                        "--state: expected one of {words}, got «{got}»",
                        words=", ".join((*side.states, "all")),
                        got=state,
                    )
                )
            typer.echo(asyncio.run(_list(side, None if wanted == "all" else wanted, limit)))

    @made.command()
    def show(number: int, lang: Lang = DEFAULT_LOCALE) -> None:
        """One row in full; what people wrote is left out."""
        with _spoken(lang):
            typer.echo(asyncio.run(_show(side, number)))

    @made.command()
    def retry(
        ids: Ids = None, every: Every = False, yes: Sure = False, lang: Lang = DEFAULT_LOCALE
    ) -> None:
        """Try again; a running hub takes it up within a second."""
        _settle(side, ids or [], every, yes, lang, again=True)

    @made.command()
    def drop(
        ids: Ids = None, every: Every = False, yes: Sure = False, lang: Lang = DEFAULT_LOCALE
    ) -> None:
        """Give it up for good. What was for a case is noted in its history."""
        _settle(side, ids or [], every, yes, lang, again=False)

    return made


group.add_typer(_commands(INBOX), name="inbox")
group.add_typer(_commands(OUTBOX), name="outbox")


def _settle(side: Side, ids: list[int], every: bool, yes: bool, lang: str, *, again: bool) -> None:
    with _spoken(lang):
        if bool(ids) is every:
            fail(_("Name numbers, or --all"))
        if every and not yes:
            found = asyncio.run(_count(side))
            question = ngettext("{n} row. Go on?", "{n} rows. Go on?", found)
            if found and not typer.confirm(question):
                raise Refused(_("Nothing was changed."))
        done = asyncio.run(_do(side, list(dict.fromkeys(ids)) or None, again))
        typer.echo(
            ngettext("Tried again: {n} row", "Tried again: {n} rows", done)
            if again
            else ngettext("Given up: {n} row", "Given up: {n} rows", done)
        )


@contextmanager
def _spoken(lang: str) -> Any:
    with said_plainly():
        check_catalogues()
        with use_locale(supported(lang)):
            if lang not in LOCALES:
                fail(
                    _(
                        "{option}: expected one of {words}, got «{got}»",
                        option="--lang",
                        words=", ".join(LOCALES),
                        got=lang,
                    )
                )
            try:
                yield
            except Refused as error:
                typer.echo(str(error), err=True)
                sys.exit(1)


# --- what is done in the database ---


class _Open:
    """The database, and what a use case needs beside it."""

    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self.settings, self.store, self.clock = settings, store, clock

    async def desk(self) -> Callable[[UnitOfWork], Desk]:
        """The working place of the operator."""
        town = await directory.load(self.store, self.settings.municipality, now=self.clock.now())
        # Nothing here reads people's words: their dictionary, slow to open, stays shut.
        return lambda uow: Desk(
            uow,
            self.clock.now(),
            town,
            lambda text: understand(text, Context.of(town, asked(""))),
            lambda text: look(text, PlaceIndex(town), town.public_numbers).place,
        )


@asynccontextmanager
async def _opened() -> AsyncIterator[_Open]:
    try:
        settings = read(os.environ)
    except SettingsError as error:
        fail(str(error))
    store = Store(settings.database_url)
    clock: Clock = TownFollower(settings.clock_url) if settings.clock_url else SystemClock()
    try:
        if not store.exists() or await pending(store.engines):
            raise Refused(_("The database is not there or not up to date: see `check`."))
        if isinstance(clock, TownFollower):
            await clock.start()
        yield _Open(settings, store, clock)
    finally:
        if isinstance(clock, TownFollower):
            await clock.stop()
        await store.close()


async def _list(side: Side, state: str | None, limit: int) -> str:
    async with _opened() as here, here.store.reading() as uow:
        rows = await side.rows(uow, state, limit)
        if not rows:
            return _("Nothing is there.")
        return queues.table(rows, side.now(here.clock))


async def _show(side: Side, number: int) -> str:
    async with _opened() as here, here.store.reading() as uow:
        (row,) = await _named(side, uow, [number])
        return queues.details(row, side.now(here.clock))


async def _count(side: Side) -> int:
    async with _opened() as here, here.store.reading() as uow:
        return await uow.waiting.count(side.name, side.stuck)


async def _do(side: Side, ids: list[int] | None, again: bool) -> int:
    async with _opened() as here:
        desk = await here.desk()
        if ids is not None:
            async with here.store.unit() as uow:
                rows = await _named(side, uow, ids)
                _check(side, rows, side.retried if again else side.dropped)
                return await _each(side, desk(uow), rows, again)
        done = 0
        while True:
            async with here.store.unit() as uow:
                rows = await side.rows(uow, side.stuck, CHUNK)
                settled = await _each(side, desk(uow), rows, again)
            done += settled
            if not settled:
                return done


async def _each(side: Side, desk: Desk, rows: list[Row], again: bool) -> int:
    done = 0
    for row in rows:
        try:
            await side.settle(desk, OPERATOR, row, again, time.time())
            done += 1
        except DomainError:
            # Of an album the rest went with the first.
            continue
    return done


async def _named(side: Side, uow: UnitOfWork, ids: list[int]) -> list[Row]:
    found = {number: await side.row(uow, number) for number in ids}
    missing = [str(number) for number, row in found.items() if row is None]
    if missing:
        raise Refused(_("No such number: {ids}", ids=", ".join(missing)))
    return [row for row in found.values() if row is not None]


def _check(side: Side, rows: list[Row], allowed: tuple[str, ...]) -> None:
    wrong = [row for row in rows if row.state not in allowed]
    if wrong:
        raise Refused(
            "\n".join(
                _(
                    "{id}: {state}, nothing to do",
                    id=side.number(row),
                    state=queues.state_word(row.state),
                )
                for row in wrong
            )
        )
