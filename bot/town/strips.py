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
from bot.town.day import DayPlay, DaySeen
from bot.town.requests import Act, acting, body_of
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
FAULTY = 5
"""How many requests go wrong at one order."""
FAULTS = {
    "drop_before": Fault(),
    "drop_after": Fault(acts=True),
    "fail_500": Fault(ApiError(500, "Internal Server Error")),
    "fail_429": Fault(too_many(1)),
}
DELAYS = {"slow": 2.0, "quick": 0.0}
"""Seconds that every sending takes longer."""
IN_CHAT = frozenset({"delete_topic", "upgrade", "deny", "allow"})
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
            web.post("/town/time", acting(self._then_show(self.time))),
            web.post("/town/trouble", acting(self._then_show(self.trouble))),
            web.post("/town/day", acting(self._then_show(self.day))),
        ]

    def _then_show(self, do: Callable[[dict[str, Any]], Awaitable[None]]) -> Act:
        async def act(request: web.Request) -> None:
            await do(await body_of(request))
            self._world.town.changed.fire()

        return act

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
        what = str(body["what"])
        if what in FAULTS:
            self._world.trouble.order(FAULTS[what], times=FAULTY)
        elif what in DELAYS:
            self._world.trouble.delay = DELAYS[what]
        elif what == "kill":
            await self._hub.kill()
        elif what == "restart":
            await self._hub.start()
        elif what in IN_CHAT:
            self._in_chat(what, int(body["chat"]), body.get("thread"))
        else:
            raise LookupError(f"no such trouble: {what}")

    def _in_chat(self, what: str, chat: int, thread: Any) -> None:
        """What goes wrong in one chat."""
        if what == "delete_topic":
            self._world.delete_topic(chat, int(thread))
        elif what == "upgrade":
            self._world.upgrade_group(chat)
        elif what == "deny":
            self._world.deny_bot(chat, "can_send_messages", by=self._member(chat))
        else:
            self._world.deny_bot(chat, by=self._member(chat))

    def _member(self, chat: int) -> dict[str, Any]:
        return self._world.town.users[next(iter(self._world.town.rooms[chat].members))]
