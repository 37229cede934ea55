"""Driving the town: somebody writes or presses, the bot answers, what was seen is told.

Steps are played in phases: everybody acts, then one `beat` waits for all of them, so that the
messenger's pace is waited out once. A step that doesn't happen in time is an error with a line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.demo.hub import Hub
from bot.demo.sight import Chat, Message, Person, Seen, Sight
from bot.demo.transcript import Transcript, short
from bot.sandbox.samples import picture
from bot.sandbox.server import Sandbox

PATIENCE = 45.0
"""Real seconds for one phase."""
_POLL = 0.04
_PICTURE = picture(2)


@dataclass(slots=True)
class _Step:
    at: datetime
    who: str
    what: str
    seen: Seen | None
    query: str | None = None
    toast: str | None = None
    words: str | None = None


class Stage(Sight):
    """The sandbox, the app behind it, and the script's hands."""

    def __init__(self, sandbox: Sandbox, hub: Hub, transcript: Transcript) -> None:
        super().__init__(sandbox, transcript)
        self.hub = hub
        self._steps: list[_Step] = []

    # --- what people do ---

    def say(
        self,
        who: Person,
        text: str,
        *,
        chat: Chat | None = None,
        to: Message | None = None,
        photo: bool = False,
        seen: Seen | None = None,
    ) -> None:
        """Somebody writes, in a group or as a reply, with a photo."""
        words: dict[str, Any] = {"photo": _PICTURE, "caption": text} if photo else {"text": text}
        reply = to["message_id"] if to else None
        self.world.say(who, chat=chat, reply_to=reply, **words)
        place = f" (в чат «{chat['title']}»)" if chat else ""
        what = f"{'[фото] ' if photo else ''}«{short(text)}»{place}"
        self._steps.append(_Step(self.now, self.called(who), what, seen))

    def press(
        self,
        who: Person,
        message: Message,
        button: str,
        *,
        about: str = "",
        toast: str | None = None,
        seen: Seen | None = None,
    ) -> None:
        """Somebody presses a button; `toast` must be part of the short answer, if one is due."""
        query = self.world.press(who, message["chat"]["id"], message["message_id"], button)
        what = f"[{button}]{' ' + about if about else ''}"
        self._steps.append(_Step(self.now, self.called(who), what, seen, query, toast))

    def start(self, who: Person, token: str | None, what: str, seen: Seen) -> None:
        """Somebody opens the bot, by a link or without."""
        self.world.start(who, token)
        self._steps.append(_Step(self.now, self.called(who), what, seen))

    def expect(self, who: str, seen: Seen) -> None:
        """The bot speaks by itself: a reminder, a digest."""
        self._steps.append(_Step(self.now, "бот", who, seen))

    # --- time ---

    async def beat(self) -> None:
        """Wait until every step of this phase has shown, and tell them."""
        await self._wait(lambda: self._over(whole=False))
        for step in self._steps:
            self._tell(step)
        self._steps.clear()

    async def move(self, moment: datetime, heading: str) -> None:
        """Move the town's time; the hub follows and its jobs see the new moment.

        Edits of cards may still be on their way, as they would be in life: see `rest`.
        """
        self.sandbox.clock.set(moment)
        self.transcript.heading(self.now, heading)
        await self._wait(self._follows)

    async def rest(self) -> None:
        """Wait until the hub has nothing left to do: every card shows its state."""
        await self._wait(lambda: self._over(whole=True))

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

    async def _over(self, *, whole: bool) -> bool:
        if not whole and self._all_seen():
            return True
        if self.world.town.updates.pending or not await self.hub.is_settled():
            return False
        over = await self.hub.next_burst()
        if over is not None:
            # Who wrote has said everything: his words become an appeal.
            self.sandbox.clock.set(max(over, self.now))
            return False
        answered = self.world.town.queries
        return all(answered[s.query].answered for s in self._steps if s.query)

    def _all_seen(self) -> bool:
        """Everything the phase waits for is there; edits of cards may still be on their way."""
        if any(step.seen is None and step.query is None for step in self._steps):
            return False
        answered = self.world.town.queries
        for step in self._steps:
            if step.query and not answered[step.query].answered:
                return False
            if step.seen and step.words is None:
                step.words = step.seen()
                if step.words is None:
                    return False
        return True

    def _tell(self, step: _Step) -> None:
        words = step.words or (step.seen() if step.seen else "")
        said = self.toast_of(step.query) if step.query else None
        if words is None:
            self.fail(f"{step.who}: {step.what}: бот не ответил как ожидалось")
        elif step.query and (step.toast or "") not in (said or ""):
            self.fail(f"{step.who}: {step.what}: ответ на нажатие «{said}», ждали «{step.toast}»")
        elif step.query and said and step.toast is None:
            self.fail(f"{step.who}: {step.what}: отказ «{said}»")
        else:
            shown = ", ".join(x for x in (f"«{said}»" if said else "", words) if x)
            self.transcript.step(step.at, step.who, step.what, shown)
