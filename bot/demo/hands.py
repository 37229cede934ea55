"""What people do in the town: they write, press, open the bot; each is a step to be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.demo.sight import Chat, Message, Person, Seen, Sight
from bot.demo.story import Story
from bot.demo.transcript import Transcript, short
from bot.sandbox.samples import picture
from bot.sandbox.server import Sandbox


@dataclass(slots=True)
class Step:
    """Somebody acted; `seen` and the answer to the press show that the bot has, too."""

    at: datetime
    who: str
    what: str
    seen: Seen | None
    query: str | None = None
    toast: str | None = None
    words: str | None = None
    silent: bool = False
    """Nothing to tell when it is there."""


class Hands(Sight):
    """Acting in the sandbox; what was done is noted as steps of the phase or of a story."""

    def __init__(self, sandbox: Sandbox, transcript: Transcript) -> None:
        super().__init__(sandbox, transcript)
        self.blockers: set[int] = set()
        """Who has stopped the bot: refusals of these chats belong to the day."""
        self._steps: dict[Story | None, list[Step]] = {None: []}
        """What was not seen yet: of the great phase, and of every story."""
        self._acting: Story | None = None

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
        words: dict[str, Any] = {"text": text}
        if photo:
            # In a staff chat it is the photo «after».
            words = {"photo": picture(2, mended=chat is not None), "caption": text}
        self.world.say(
            who,
            chat=chat,
            reply_to=to["message_id"] if to else None,
            thread=to.get("message_thread_id") if to else None,
            **words,
        )
        place = f" (в чат «{chat['title']}»)" if chat else ""
        self.did(who, f"{'[фото] ' if photo else ''}«{short(text)}»{place}", seen)

    def did(self, who: Person, what: str, seen: Seen | None = None) -> None:
        """Somebody has done what `world` was just told."""
        self._note(Step(self.now, self.called(who), what, seen))

    def press(
        self,
        who: Person,
        message: Message,
        button: str,
        *,
        about: str = "",
        toast: str | None = None,
        seen: Seen | None = None,
    ) -> str:
        """Somebody presses the button that begins so; returns the id of the press.

        `toast` must be part of the short answer, if one is due.
        """
        label = self.label(message, button)
        query = self.world.press(who, message["chat"]["id"], message["message_id"], label)
        what = f"[{label}]{' ' + about if about else ''}"
        self._note(Step(self.now, self.called(who), what, seen, query, toast))
        return query

    def start(self, who: Person, token: str | None, what: str, seen: Seen) -> None:
        """Somebody opens the bot, by a link or without."""
        self.world.start(who, token)
        self.did(who, what, seen)

    def expect(self, who: str, seen: Seen) -> None:
        """The bot speaks by itself: a reminder, a digest."""
        self._note(Step(self.now, "бот", who, seen))

    def wait_for(self, what: str, seen: Seen) -> None:
        """Something the next step needs; it is told only when it doesn't come."""
        self._note(Step(self.now, "бот", what, seen, silent=True))

    def _note(self, step: Step) -> None:
        self._steps[self._acting].append(step)

    def _shown(self, steps: list[Step]) -> bool:
        """Everything these steps wait for is there; edits of cards may still be on their way."""
        if any(step.seen is None and step.query is None for step in steps):
            return False
        answered = self.world.town.queries
        for step in steps:
            if step.query and not answered[step.query].answered:
                return False
            if step.seen and step.words is None:
                step.words = step.seen()
                if step.words is None:
                    return False
        return True

    def _tell(self, steps: list[Step]) -> None:
        """Write down how these steps went; none is left."""
        answered = self.world.town.queries
        for step in steps:
            words = step.words or (step.seen() if step.seen else "")
            said = answered[step.query].text if step.query else None
            if words is None:
                self.fail(f"{step.who}: {step.what}: бот не ответил как ожидалось")
            elif step.query and (step.toast or "") not in (said or ""):
                wanted = f"ответ на нажатие «{said}», ждали «{step.toast}»"
                self.fail(f"{step.who}: {step.what}: {wanted}")
            elif step.query and said and step.toast is None:
                self.fail(f"{step.who}: {step.what}: отказ «{said}»")
            elif not step.silent:
                shown = ", ".join(x for x in (f"«{said}»" if said else "", words) if x)
                self.transcript.step(step.at, step.who, step.what, shown)
        steps.clear()
