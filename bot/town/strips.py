"""The strips under the windows: the town's time, the scripted day, and trouble on order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from aiohttp import web

from bot.i18n import _
from bot.sandbox.clock import TownClock
from bot.sandbox.errors import ApiError, too_many
from bot.sandbox.trouble import Fault
from bot.sandbox.world import World
from bot.town.acts import GUARD
from bot.town.day import DayPlay, DaySeen
from services.calendar import (
    WorkCalendar,
    is_working_time,
    local_day,
    next_working_moment,
    start_of_day,
)

DAY = timedelta(days=1)
DIGEST_BEFORE = timedelta(minutes=30)
"""Digests go out half an hour before work begins."""
FAULTS = 5
SLOW = 2.0
SPEEDS = (0, 1, 60)
STEPS = {"15m": timedelta(minutes=15), "1h": timedelta(hours=1)}


class Hub(Protocol):
    """The hub's process."""

    @property
    def alive(self) -> bool:
        """It runs."""
        ...

    async def start(self) -> None:
        """Start it."""
        ...

    async def kill(self) -> None:
        """Kill it."""
        ...


@dataclass(frozen=True, slots=True)
class TownState:
    """What the strips show."""

    working: bool
    speed: float
    alive: bool
    ordered: int
    """Requests that will still go wrong."""
    slow: bool
    day: DaySeen


def next_morning(calendar: WorkCalendar, clock: TownClock) -> datetime:
    """08:30 of the next working day: half an hour before its work begins."""
    day = local_day(calendar, clock.now()) + DAY
    start = next_working_moment(calendar, start_of_day(calendar, day))
    return start - DIGEST_BEFORE


class Strips:
    """The POST side of the strips."""

    def __init__(self, world: World, calendar: WorkCalendar, hub: Hub, day: DayPlay) -> None:
        self._world, self._calendar, self._hub, self._day = world, calendar, hub, day
        self._clock = world.town.clock

    def state(self) -> TownState:
        """As it is now."""
        return TownState(
            working=is_working_time(self._calendar, self._clock.now()),
            speed=self._clock.speed if self._clock.running else 0,
            alive=self._hub.alive,
            ordered=self._world.trouble.ordered,
            slow=self._world.trouble.delay > 0,
            day=self._day.seen(),
        )

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.post("/town/time", self._guarded(self.time)),
            web.post("/town/trouble", self._guarded(self.trouble)),
            web.post("/town/day", self._guarded(self.day)),
        ]

    def _guarded(
        self, do: Callable[[dict[str, Any]], Awaitable[None]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def serve(request: web.Request) -> web.Response:
            if GUARD not in request.headers:
                raise web.HTTPForbidden(text=f"the header {GUARD} is missing")
            try:
                await do(await request.json())
            except (LookupError, ValueError, TypeError) as error:
                return web.json_response({"error": str(error)}, status=409)
            self._world.town.changed.fire()
            return web.json_response({})

        return serve

    async def time(self, body: dict[str, Any]) -> None:
        """`{"step": "15m" | "1h" | "morning"}` or `{"speed": 0 | 1 | 60}`."""
        if self._day.seen().playing:
            raise ValueError(_("The day is being played: it moves the time itself."))
        if "speed" in body:
            speed = int(body["speed"])
            if speed not in SPEEDS:
                raise ValueError(f"a speed is one of {SPEEDS}")
            self._clock.run(speed)
        elif body.get("step") == "morning":
            self._clock.set(next_morning(self._calendar, self._clock))
        else:
            self._clock.advance(STEPS[body["step"]])

    async def day(self, _body: dict[str, Any]) -> None:
        """Play the scripted day."""
        self._day.start()

    async def trouble(self, body: dict[str, Any]) -> None:
        """One of the troubles by name; some are about a chat."""
        do = getattr(self, f"_do_{body['what']}", None)
        if do is None:
            raise LookupError(f"no such trouble: {body['what']}")
        await do(body)

    async def _do_drop_before(self, _body: dict[str, Any]) -> None:
        self._world.trouble.order(Fault(), times=FAULTS)

    async def _do_drop_after(self, _body: dict[str, Any]) -> None:
        self._world.trouble.order(Fault(acts=True), times=FAULTS)

    async def _do_fail_500(self, _body: dict[str, Any]) -> None:
        self._world.trouble.order(Fault(ApiError(500, "Internal Server Error")), times=FAULTS)

    async def _do_fail_429(self, _body: dict[str, Any]) -> None:
        self._world.trouble.order(Fault(too_many(1)), times=FAULTS)

    async def _do_slow(self, _body: dict[str, Any]) -> None:
        self._world.trouble.delay = SLOW

    async def _do_quick(self, _body: dict[str, Any]) -> None:
        self._world.trouble.delay = 0.0

    async def _do_kill(self, _body: dict[str, Any]) -> None:
        await self._hub.kill()

    async def _do_restart(self, _body: dict[str, Any]) -> None:
        await self._hub.start()

    async def _do_delete_topic(self, body: dict[str, Any]) -> None:
        self._world.delete_topic(int(body["chat"]), int(body["thread"]))

    async def _do_upgrade(self, body: dict[str, Any]) -> None:
        self._world.upgrade_group(int(body["chat"]))

    async def _do_deny(self, body: dict[str, Any]) -> None:
        self._world.deny_bot(int(body["chat"]), "can_send_messages", by=self._by(body))

    async def _do_allow(self, body: dict[str, Any]) -> None:
        self._world.deny_bot(int(body["chat"]), by=self._by(body))

    def _by(self, body: dict[str, Any]) -> dict[str, Any]:
        members = self._world.town.rooms[int(body["chat"])].members
        return self._world.town.users[next(iter(members))]
