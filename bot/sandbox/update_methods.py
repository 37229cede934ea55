"""Methods by which the bot receives: polling and the webhook."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.outcome import Outcome, Params
from bot.sandbox.town import Town
from bot.sandbox.updates import Webhook

MAX_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


async def get_updates(town: Town, params: Params) -> Outcome:
    """getUpdates."""
    _remember_allowed(town, params)
    updates = await town.updates.poll(
        params.get("offset", 0), params.get("limit", 100), params.get("timeout", 0)
    )
    ids = [update["update_id"] for update in updates]
    return Outcome(updates, f"updates {ids[0]}…{ids[-1]}" if ids else "no updates")


async def set_webhook(town: Town, params: Params) -> Outcome:
    """setWebhook; an empty url takes the webhook away."""
    url = params["url"]
    if not url:
        return await delete_webhook(town, params)
    _check_url(url)
    _check_secret(params.get("secret_token"))
    connections = params.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be 1-100")
    _remember_allowed(town, params)
    _drop_pending(town, params)
    town.updates.set_webhook(Webhook(url, params.get("secret_token"), connections))
    return Outcome(True, "webhook set", "Webhook was set")


async def delete_webhook(town: Town, params: Params) -> Outcome:
    """deleteWebhook."""
    _drop_pending(town, params)
    existed = town.updates.webhook is not None
    town.updates.set_webhook(None)
    return Outcome(
        True,
        "webhook deleted" if existed else "no webhook",
        "Webhook was deleted" if existed else "Webhook is already deleted",
    )


async def get_webhook_info(town: Town, params: Params) -> Outcome:
    """getWebhookInfo."""
    hook = town.updates.webhook
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(town.updates.pending),
    }
    if town.updates.allowed:
        info["allowed_updates"] = town.updates.allowed
    if hook is not None:
        info["max_connections"] = hook.max_connections
    if hook is not None and hook.last_error_at is not None:
        info["last_error_date"] = int(hook.last_error_at.timestamp())
        info["last_error_message"] = hook.last_error
    return Outcome(info)


def _remember_allowed(town: Town, params: Params) -> None:
    """An absent list leaves the previous one in force, an empty one means the default."""
    if "allowed_updates" in params:
        town.updates.allowed = params["allowed_updates"]


def _drop_pending(town: Town, params: Params) -> None:
    if params.get("drop_pending_updates"):
        town.updates.pending.clear()


def _check_url(url: str) -> None:
    """HTTPS, or HTTP to this very machine: a webhook under test has no certificate."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if parts.scheme == "http" and _loopback(parts.hostname or ""):
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_secret(secret: str | None) -> None:
    if secret is None:
        return
    if not 1 <= len(secret) <= MAX_SECRET:
        raise bad_request("secret token must be 1-256 characters long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
