"""The training room: who learns here, and the lesson each of them is in."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import structlog

from bot.demo.plan import Day
from bot.sandbox.rooms import Chat, User
from bot.sandbox.server import Sandbox
from bot.town.beside import Beside
from bot.town.training.actors import Actors
from bot.town.training.lessons import SCRIPTS
from bot.town.training.play import Play, Stage
from bot.town.training.results import Result, Results, ResultsDamaged, first_name
from services.municipality import Municipality
from services.training import Lesson

BLOCK = "HCS"
"""Where everybody learns."""
_LINK = re.compile(r"\?start=(r_\S+)")
_log = structlog.get_logger()


@dataclass(slots=True)
class Learner:
    """A person of the town who is here to learn."""

    name: str
    user: User
    play: Play | None = None


class Room:
    """Lets learners in and plays lessons with them, one at a time with each."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._learners: dict[str, Learner] = {}
        self._playing: dict[str, asyncio.Task[None]] = {}
        self._entering = asyncio.Lock()
        self._set: _Set | None = None

    def open(self, sandbox: Sandbox, beside: Beside, day: Day) -> None:
        """Everybody of the town is at his place: lessons can begin."""
        self._set = _Set(Actors(sandbox, beside), beside, day, _streets(beside.town))

    @property
    def chat(self) -> Chat:
        """Where everybody works."""
        return self._scene.day.cast.chats[BLOCK]

    def names(self) -> list[str]:
        """Everybody who has learned here, today or before."""
        return sorted({*self._results.names(), *self._learners})

    def results(self, name: str) -> dict[Lesson, Result]:
        """A person's best results."""
        return self._results.of(name)

    def learner(self, name: str) -> Learner:
        """Somebody who has come in. Raises LookupError."""
        return self._learners[name]

    async def enter(self, name: str) -> Learner:
        """Let somebody in through the bot itself; who is in already just goes on.

        Raises ValueError for anything but a first name, LookupError when the bot does not let him.
        """
        name = first_name(name)
        async with self._entering:
            if name not in self._learners:
                self._learners[name] = Learner(name, await self._let_in(name))
        return self._learners[name]

    async def _let_in(self, name: str) -> User:
        """The administrator invites, the newcomer presses Start by the link and joins the chat."""
        actors, cast = self._scene.actors, self._scene.day.cast
        admin = cast.admins[0]
        before = actors.last(admin)
        actors.world.say(admin, f"/invite EXE {BLOCK}")
        link = _LINK.search((await actors.sees(admin, "start=r_", after=before))["text"])
        assert link is not None
        guest = actors.world.add_user(name)
        actors.world.start(guest, link[1])
        await actors.sees(guest, "Теперь вы")
        actors.world.add_member(cast.chats[BLOCK]["id"], guest)
        cast.executors[BLOCK].append(guest)
        return guest

    @property
    def _scene(self) -> _Set:
        if self._set is None:
            raise LookupError("the town still wakes up")
        return self._set

    def begin(self, name: str, lesson: Lesson) -> Play:
        """Begin a lesson, anew where it was begun before. Raises LookupError."""
        learner, scene = self._learners[name], self._scene
        if name in self._playing:
            self._playing[name].cancel()
        play = Play(
            lesson=lesson,
            learner=learner.user,
            actors=scene.actors,
            beside=scene.beside,
            cast=scene.day.cast,
            block=BLOCK,
            streets=lambda: next(scene.streets),
            ended=lambda ended: self._keep(name, ended),
        )
        learner.play = play
        self._playing[name] = asyncio.create_task(_perform(play), name=f"lesson of {name}")
        play.changed()
        return play

    def _keep(self, name: str, play: Play) -> None:
        assert play.verdict is not None
        try:
            self._results.keep(name, play.lesson, play.verdict)
        except (OSError, ResultsDamaged) as error:
            play.trouble = str(error)

    async def close(self) -> None:
        """End every lesson."""
        for task in self._playing.values():
            task.cancel()
        for task in self._playing.values():
            with contextlib.suppress(asyncio.CancelledError):
                await task


@dataclass(frozen=True, slots=True)
class _Set:
    """What lessons are played with."""

    actors: Actors
    beside: Beside
    day: Day
    streets: Iterator[str]


def _streets(town: Municipality) -> Iterator[str]:
    """Streets that exist once, each used before any is used again: reports never mix."""
    count = Counter(street for s in town.settlements.values() for street in s.streets)
    centre: Any = next(iter(town.settlements.values()))
    return itertools.cycle([street for street in centre.streets if count[street] == 1])


async def _perform(play: Play) -> None:
    """Play the script; one that breaks off is said on the page and can be begun again."""
    try:
        await SCRIPTS[play.lesson](play)
        await play.look()
    except Exception as error:
        # The border of the task: whatever went wrong must not end in silence.
        _log.exception("lesson_failed", lesson=play.lesson)
        play.trouble = str(error)
        if play.stage is not Stage.OVER:
            play.stage = Stage.FAILED
        play.changed()
