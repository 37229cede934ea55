"""Is everything ready? What `check` looks at: the token, the webhook, the database, the chats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError

from bot.channels.telegram.outbound import TelegramChannel
from bot.config import Settings
from bot.delivery.outcomes import Inspected, Sent
from bot.i18n import _
from bot.models import Models
from bot.municipality import parse_municipality, read_document, unconfirmed
from bot.municipality.calendar import to_confirm
from bot.views.rendered import Rendered
from services.findings import Finding, Level, gather, of_facts
from services.model import Chat
from storage.migrate import pending
from storage.store import Store

_KEYS = ("code", "id", "name", "year", "version")


async def messenger(bot: Bot, settings: Settings) -> list[Finding]:
    """The token and who receives. A finding «token» or «network» means: nothing more to ask."""
    server = settings.bot_api_url
    try:
        me = await bot.get_me()
        hook = await bot.get_webhook_info()
    except (TelegramUnauthorizedError, TelegramNotFound):
        return [Finding(Level.BROKEN, "token", {"server": server})]
    except TelegramAPIError as error:
        return [Finding(Level.BROKEN, "network", {"server": server, "error": _one_line(error)})]
    found = [Finding(Level.NOTE, "bot", {"name": me.username})]
    if hook.url and settings.listen is None:
        found.append(Finding(Level.WARNING, "webhook_taken", {"url": hook.url}))
    elif settings.listen is not None and hook.url and hook.url != settings.webhook_url:
        found.append(Finding(Level.BROKEN, "webhook_other", {"url": hook.url}))
    if settings.listen is not None and hook.last_error_message:
        error = {"error": hook.last_error_message}
        found.append(Finding(Level.WARNING, "webhook_error", dict(error)))
    return found


def _one_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]


def model(models: Models) -> Finding:
    """Which classifier is in use, and from which confidence on it needs no person."""
    # NumPy and the vocabulary are paid for here, not by every command.
    from bot.classifier import ModelRefused, classifier_of
    from services.classifier.cold import THRESHOLD
    from services.classifier.learned import LearnedClassifier

    try:
        used = classifier_of(models.in_use())
    except ModelRefused as error:
        return Finding(Level.BROKEN, "model_refused", {"error": str(error)})
    learned = isinstance(used, LearnedClassifier)
    threshold = used.model.opinion.threshold if learned else THRESHOLD
    return Finding(Level.NOTE, "model", {"version": used.version, "threshold": threshold})


async def database(store: Store) -> list[Finding]:
    """Is there one with all its tables? Raises NewerDatabase."""
    if not store.exists():
        name = str(store.engines.writer.url.database)
        return [Finding(Level.BROKEN, "no_database", {"address": name})]
    waiting = await pending(store.engines)
    if waiting:
        return [Finding(Level.BROKEN, "migrations", {"names": ", ".join(waiting)})]
    async with store.reading() as uow:
        if await uow.directory.current() is None:
            return [Finding(Level.BROKEN, "no_municipality")]
    return []


async def centre(
    store: Store, settings: Settings, now: datetime, *, seen: dict[int, list[str]]
) -> list[Finding]:
    """Chats, people, calendar, rules, and how the file differs from the database."""
    async with store.reading() as uow:
        current = await uow.directory.current()
        assert current is not None
        town = parse_municipality(current.document, f"version {current.id} in the database")
        found = of_facts(await gather(uow, town, now, seen=seen))
    differing = differences(read_document(settings.municipality), current.document)
    if differing:
        values: dict[str, object] = {"what": "; ".join(differing)}
        found.append(Finding(Level.WARNING, "differs", values))
    starred = (*unconfirmed(current.document), *to_confirm())
    if starred:
        found.append(Finding(Level.NOTE, "starred", {"names": starred}))
    return found


def differences(file: dict[str, Any], kept: dict[str, Any]) -> list[str]:
    """Where two documents of a municipality differ: «blocks: HCS, ROD», a table each. Pure."""
    found = []
    for key in sorted(file.keys() | kept.keys()):
        one, other = file.get(key), kept.get(key)
        if one == other:
            continue
        if isinstance(one, list) and isinstance(other, list):
            first, second = _by_key(one), _by_key(other)
            names = sorted(
                name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
            )
            found.append(f"{key}: {', '.join(names) or '…'}")
        else:
            found.append(key)
    return found


def _by_key(items: list[Any]) -> dict[str, Any]:
    return {_key(item): item for item in items}


def _key(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    return str(next((item[key] for key in _KEYS if key in item), item))


async def rights(
    channel: TelegramChannel, chats: list[Chat]
) -> tuple[dict[int, list[str]], list[Finding]]:
    """What the bot lacks in each chat, by the chat's id; a finding where it could not be seen."""
    seen: dict[int, list[str]] = {}
    found = []
    for chat in chats:
        outcome = await channel.rights(chat.external_id)
        if isinstance(outcome, Inspected):
            seen[chat.id] = list(outcome.missing)
        else:
            values: dict[str, object] = {"title": chat.title, "error": _why(outcome)}
            found.append(Finding(Level.BROKEN, "unseen", values))
    return seen, found


def _why(outcome: object) -> str:
    return str(getattr(outcome, "error", type(outcome).__name__))


async def send(channel: TelegramChannel, chats: list[Chat]) -> list[Finding]:
    """A trial line into every chat, and whether it arrived."""
    found = []
    for chat in chats:
        outcome = await channel.send(
            chat.external_id, Rendered(_("Trial line of `check`: cards will come here."))
        )
        values: dict[str, object] = {"title": chat.title}
        if isinstance(outcome, Sent):
            found.append(Finding(Level.NOTE, "sent", values))
        else:
            values["error"] = _why(outcome)
            found.append(Finding(Level.BROKEN, "not_sent", values))
    return found
