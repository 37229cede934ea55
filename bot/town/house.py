"""The town in a browser, put together: sandbox, the hub's process, people, pages."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from aiohttp import web

from bot.demo.acts import opening
from bot.demo.cast import Cast
from bot.demo.day import END as DAY_ENDS
from bot.demo.day import START as DAY_BEGINS
from bot.demo.day import play_on, prepare
from bot.demo.house import environment, first_admins, models_folder
from bot.demo.plan import Day
from bot.demo.stage import Stage
from bot.demo.transcript import ZONE, Transcript
from bot.errors import StartError
from bot.models import Models
from bot.municipality import parse_municipality, read_document
from bot.sandbox.clock import TownClock
from bot.sandbox.rate import RateLimits
from bot.sandbox.server import Sandbox
from bot.town.acts import Acts
from bot.town.beside import Beside
from bot.town.day import DayPlay
from bot.town.files import Files
from bot.town.pages import Pages
from bot.town.people import Register, newcomers
from bot.town.process import HubProcess
from bot.town.reading import Reading
from bot.town.strips import Strips
from bot.town.training.pages import TrainingPages
from bot.town.training.results import Results
from bot.town.training.room import Room
from bot.town.understood import Lens, UnderstoodPages

HASTE = 20
"""The town's messenger is quicker than the real one: nobody wants to wait for a demonstration."""
PORTS = 20


START = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
"""A Monday morning: people are at work, the scripted Tuesday is still to come."""
LIMITS = RateLimits(total_per_second=0, private_per_second=HASTE, group_per_minute=20 * HASTE)


@dataclass(frozen=True, slots=True)
class House:
    """What stands when the door is open."""

    sandbox: Sandbox
    hub: HubProcess
    day: Day


@asynccontextmanager
async def house(
    folder: Path,
    port: int | None,
    *,
    start: datetime = START,
    opened: Callable[[str], None] = lambda _url: None,
    results: Results | None = None,
) -> AsyncIterator[House]:
    """The town with its people at their places; the hub is a process of its own.

    `port` is the first one tried, None takes any; `opened` is told the address as soon as the
    pages are served; with `results` there is a training room. Raises OSError where no port is
    free, StartError.
    """
    sandbox = Sandbox(limits=LIMITS, clock=TownClock(start, running=True))
    changed = sandbox.world.town.changed.fire
    hub = HubProcess(log=folder / "hub.log", changed=changed)
    municipality = parse_municipality(read_document(None), "default")
    admins = first_admins(sandbox)
    cast = Cast(admins)
    citizens = newcomers(sandbox.world)
    register = Register(municipality, cast, citizens)
    play = DayPlay(sandbox.clock, DAY_BEGINS, DAY_ENDS, changed)
    strips = Strips(sandbox.world, municipality.calendar, hub, play)
    room = None if results is None else Room(results)
    reads = Lens(municipality, Models(models_folder(folder)))
    await _listen(sandbox, port, _pages(sandbox, strips, register, room, reads))
    opened(sandbox.url)
    beside: Beside | None = None
    try:
        settings = environment(sandbox, admins, folder)
        settings["OTKLIK_RATE_FACTOR"] = str(HASTE)
        hub.furnish(settings)
        await hub.start()
        beside = await _beside(sandbox, hub, settings["OTKLIK_DATABASE_URL"])
        with (folder / "day.txt").open("w", encoding="utf-8") as told:
            day = await _settle(sandbox, beside, cast, told)
            play.ready(day.stage, lambda: play_on(day))
            if room is not None:
                room.open(sandbox, beside, day)
            register.ready = True
            yield House(sandbox, hub, day)
    finally:
        if room is not None:
            await room.close()
        await play.stop()
        await hub.stop()
        if beside is not None:
            await beside.close()
        await sandbox.stop()


def _pages(
    sandbox: Sandbox, strips: Strips, register: Register, room: Room | None, reads: Lens
) -> list[web.RouteDef]:
    world, reading = sandbox.world, Reading()
    pages = Pages(world, reading, strips, register=register, training=room is not None)
    routes = [*pages.routes(), *Files(world.town).routes(), *Acts(world, reading).routes()]
    routes += [*strips.routes(), *UnderstoodPages(pages, world, reads).routes()]
    return routes + (TrainingPages(pages, room).routes() if room is not None else [])


async def _listen(sandbox: Sandbox, port: int | None, pages: list[web.RouteDef]) -> None:
    """On the wanted port, or on the next free one."""
    for candidate in [0] if port is None else range(port, port + PORTS):
        try:
            await sandbox.start(port=candidate, pages=pages)
            return
        except OSError as error:
            if error.errno != errno.EADDRINUSE or port is None or candidate == port + PORTS - 1:
                raise


async def _beside(sandbox: Sandbox, hub: HubProcess, database_url: str) -> Beside:
    """Wait until the hub polls, and look at it. Raises StartError when it ends instead."""

    def polls() -> bool:
        if not hub.alive:
            raise StartError(f"the hub did not start:\n{hub.tail()}")
        # The last thing it does before it polls; a poll is noted only when it ends.
        return bool(sandbox.journal.of("deleteWebhook"))

    await sandbox.world.wait(polls, timeout=60)
    return await Beside.of(sandbox, database_url)


async def _settle(sandbox: Sandbox, beside: Beside, cast: Cast, told: TextIO) -> Day:
    """Let the staff in through the bot itself, as an administrator would."""
    stage = Stage(sandbox, beside, Transcript(told))
    day = prepare(stage, cast, seed=1)
    await opening.open_house(day)
    for deputy in cast.deputies.values():
        day.casting.enter(cast, deputy)
    await stage.beat()
    return day
