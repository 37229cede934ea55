"""The pages of operations: /healthz, /readyz, /metrics, on a listener of their own.

The webhook's listener has none of them, so no proxy in front of it can pass them on by mistake.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.watch.readiness import Facts, troubles
from bot.watch.watcher import Watcher


def pages(watcher: Watcher) -> web.Application:
    """A web application with the three pages; they change nothing and show nobody's words."""
    # Only who serves metrics pays for importing what writes them.
    from bot.watch.families import CONTENT_TYPE, Exposition

    exposition = Exposition(watcher.counts)

    async def alive(_request: web.Request) -> web.Response:
        # Whoever answers is alive: the loop turns. What is wrong otherwise, /readyz says.
        return web.json_response({"status": "alive", "phase": watcher.phase})

    async def ready(_request: web.Request) -> web.Response:
        facts = await watcher.facts()
        wrong = [asdict(trouble) for trouble in troubles(facts)]
        body = {"status": "not ready" if wrong else "ready", "wrong": wrong, **_shown(facts)}
        return web.json_response(body, status=503 if wrong else 200)

    async def metrics(_request: web.Request) -> web.Response:
        body = exposition.text(await watcher.facts())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", metrics)
    return app


def _shown(facts: Facts) -> dict[str, Any]:
    shown = asdict(facts)
    for ages in (shown, shown["backlog"] or {}):
        for name, value in ages.items():
            if name.endswith("_age") and value is not None:
                ages[name] = round(value, 1)
    return shown
