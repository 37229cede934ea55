"""The webhook: the secret is checked, the update is stored, then 200."""

from __future__ import annotations

import hmac
import json
import time

from aiohttp import web

from bot.channels.telegram.inbound import incoming
from bot.log import log
from bot.receive.polling import ALBUM_WAIT
from bot.watch.watcher import Watcher
from storage.arrivals import Arrivals

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def application(
    arrivals: Arrivals,
    *,
    path: str,
    bot_id: str,
    secret: str,
    watcher: Watcher,
) -> web.Application:
    """A web application that takes updates at `path`."""

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            log.warning("webhook.unauthorized", remote=request.remote)
            return web.json_response({"ok": False, "description": "wrong secret"}, status=401)
        try:
            update = json.loads(await request.read())
            row = incoming(update, bot_id)
            if not 0 <= row.update_id < 2**63:
                raise ValueError("update_id out of range")
        except (ValueError, KeyError, TypeError, AttributeError):
            log.warning("webhook.unreadable")
            return web.json_response({"ok": False, "description": "not an update"}, status=400)
        fresh = await arrivals.append([row], now=time.time(), album_wait=ALBUM_WAIT)
        watcher.received(1, fresh)
        return web.json_response({"ok": True})

    app = web.Application(client_max_size=2**20)
    app.router.add_post(path, take)
    return app
