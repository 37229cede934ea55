"""Driving the town: somebody writes or presses, the bot answers, what was seen is told.

The great phases are played together: everybody acts, then one `beat` waits for all of them, so
that the messenger's pace is waited out once. Meanwhile the stories go on, each as soon as its own
steps have shown. A step that doesn't happen in time is an error with a line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.demo.hands import Hands
from bot.demo.hub import Hub
from bot.demo.story import Story, next_moment
from bot.demo.transcript import Transcript
from bot.sandbox.server import Sandbox

PATIENCE = 90.0
"""Real seconds for one phase."""
_POLL = 0.04
_ASK_HUB = 4
"""Looks at the chats for one question to the hub whether it has anything left to do."""


class Stage(Hands):
    """The sandbox, the app behind it, the script's hands and the town's time."""

    def __init__(self, sandbox: Sandbox, hub: Hub, transcript: Transcript) -> None:
        super().__init__(sandbox, transcript)
        self.hub = hub
        self._looks = 0

    @property
    def stories(self) -> list[Story]:
        """Everybody's conversations beside the great phases, in the order of the transcript."""
        return [story for story in self._steps if story is not None]

    @stories.setter
    def stories(self, stories: list[Story]) -> None:
        self._steps |= {story: [] for story in stories}

    async def beat(self) -> None:
        """Wait until every step of this phase has shown, and tell them."""
        steps = self._steps[None]
        await self._wait(lambda: self._over(lambda: self._shown(steps)))
        self._tell(steps)

    async def move(self, moment: datetime, heading: str) -> None:
        """Move the town's time; the hub follows and its jobs see the new moment.

        Stories with appointments on the way keep them. Edits of cards may still be on their way,
        as they would be in life: see `rest`.
        """
        await self.play_until(moment)
        await self._go(moment)
        self.transcript.heading(self.now, heading)

    async def play_until(self, moment: datetime | None = None) -> None:
        """Let the stories go on with what they have to do before a moment; None: to their end."""
        while True:
            await self._wait(lambda: self._over(self._idle))
            upcoming = next_moment(self.stories)
            if upcoming is None or (moment is not None and upcoming >= moment):
                break
            await self._go(upcoming)
        self._read_out()

    async def rest(self) -> None:
        """Wait until the hub has nothing left to do: every card shows its state."""
        await self._wait(lambda: self._over(lambda: False))

    # --- how it waits ---

    async def _go(self, moment: datetime) -> None:
        self._read_out()
        self.sandbox.clock.set(max(moment, self.now))
        await self._wait(self._follows)

    def _read_out(self) -> None:
        """What the stories have lived through since the town's time was moved."""
        for story in self.stories:
            if story.page:
                self.transcript.read_out(story.since or self.now, story.title, story.page)

    async def _wait(self, over: Callable[[], Awaitable[bool]]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    if await over():
                        return
                    await asyncio.sleep(_POLL)
        except TimeoutError:
            self.fail(f"за {PATIENCE:.0f} с бот не закончил: {self.sandbox.journal.tail(1)}")

    async def _follows(self) -> bool:
        if self.hub.follows != self.sandbox.clock.version:
            return False
        await self.hub.is_settled()  # lets the jobs see this moment
        return True

    def _idle(self) -> bool:
        """No story has anything to do at this moment."""
        return not any(self._steps[s] or s.is_ready(self.now) for s in self.stories)

    async def _over(self, enough: Callable[[], bool]) -> bool:
        """Enough has been seen, or nothing more will come; stories go on meanwhile."""
        self._go_on(given_up=False)
        if enough():
            return True
        self._looks += 1
        if self._looks % _ASK_HUB:
            return False
        if self.world.town.updates.pending or not await self.hub.has_heard():
            return False
        # Asked after everything was heard: what has just been heard may still be on its way out.
        settled = await self.hub.is_settled()  # lets the jobs see this moment
        over = await self.hub.next_burst()
        if over is not None:
            # Who wrote has said everything: his words become an appeal.
            self.sandbox.clock.set(max(over, self.now))
            return False
        if not settled:
            return False
        answered = self.world.town.queries
        everything = [step for steps in self._steps.values() for step in steps]
        if not all(answered[s.query].answered for s in everything if s.query):
            return False
        self._go_on(given_up=True)
        return not self.world.town.updates.pending

    def _go_on(self, *, given_up: bool) -> None:
        """Tell what the stories have seen, or have waited for in vain, and let them go on."""
        for story in self.stories:
            steps = self._steps[story]
            if steps and (given_up or self._shown(steps)):
                with self.transcript.on(story.page):
                    self._tell(steps)
            if not steps and story.is_ready(self.now):
                self._acting = story
                with self.transcript.on(story.page), self.attempt(story.title):
                    story.go_on(self.now)
        self._acting = None
