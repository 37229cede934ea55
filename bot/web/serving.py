"""A listener for a web application."""

from __future__ import annotations

from aiohttp import web

from bot.config import Listen

PATIENCE = 5.0
"""Seconds that a stop waits for requests in flight."""


async def serve(app: web.Application, at: Listen) -> web.AppRunner:
    """Answer there from now on. Raises OSError when the place is taken."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, at.host, at.port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner
