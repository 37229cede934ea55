"""Filters over the scene: the audience (once, on a parent router) and the button.

All are coroutines: the framework runs a plain function, its magic filters included, in a thread,
and for every update that waits there.
"""

from __future__ import annotations

from collections.abc import Collection

from aiogram.filters import Filter
from aiogram.types import ChatMemberUpdated, TelegramObject

from bot.receive.scene import Scene
from services import dangers, dialogs
from services.model import Purpose
from services.notices import Kind


class Private(Filter):
    """A one-to-one chat with the bot."""

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        return scene.private


class NotPlainWords(Filter):
    """Anything that may concern people with a role: not what a citizen simply writes in private.

    On the routers of those people it spares every citizen's message their many questions.
    """

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        message, actor = scene.message, scene.known.actor
        plain = message is not None and scene.private and not message.text.startswith("/")
        return not plain or bool(actor.grants or actor.administrator or scene.posted)


class Slash(Filter):
    """A command, or what looks like one."""

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        return scene.message is not None and scene.message.text.startswith("/")


class BotBecame(Filter):
    """The bot's own membership is one of these now."""

    def __init__(self, *statuses: str) -> None:
        self.statuses = statuses

    async def __call__(self, event: ChatMemberUpdated) -> bool:
        return event.new_chat_member.status in self.statuses


class BoundTo(Filter):
    """A group bound for one of these purposes."""

    def __init__(self, *purposes: Purpose) -> None:
        self.purposes = purposes

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        return scene.bound is not None and scene.bound.purpose in self.purposes


class Pressed(Filter):
    """A button with this prefix and one of these actions."""

    def __init__(self, prefix: str, *actions: str) -> None:
        self.prefix = prefix
        self.actions = actions

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        button = scene.button
        return button is not None and button.prefix == self.prefix and button.action in self.actions


class OneOf(Filter):
    """A button of a table: by prefix and action."""

    def __init__(self, table: Collection[tuple[str, str]]) -> None:
        self.table = table

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        button = scene.button
        return button is not None and (button.prefix, button.action) in self.table


class Answers(Filter):
    """A reply to a prompt with this purpose (services/prompts)."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        posted = scene.posted
        return (
            posted is not None
            and posted.kind == Kind.PROMPT
            and posted.data.get("purpose") == self.purpose
        )


class RepliesTo(Filter):
    """A reply to a message of ours of one of these kinds."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        return scene.posted is not None and scene.posted.kind in self.kinds


class Asked(Filter):
    """Words (no command) of somebody with a role while this question is open to him.

    Danger that he reports as a citizen is no answer to it.
    """

    def __init__(self, step: str) -> None:
        self.step = step

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        message = scene.message
        if message is None or not scene.private or message.text.startswith("/"):
            return False
        if not scene.known.actor.grants:
            # A citizen's message costs no look-up here.
            return False
        if message.attachments or message.place or message.contact:
            # He shows something as a citizen: a reason is words alone.
            return False
        if dangers.named(scene.desk, message):
            return False
        found = await dialogs.current(scene.desk, scene.known.person.id, scene.chat)
        return found is not None and found.step == self.step
