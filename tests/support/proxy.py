"""A reverse proxy before replicas: whatever comes in goes to the next of them that answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count

import aiohttp
from aiohttp import web

_PATIENCE = aiohttp.ClientTimeout(total=10)


@asynccontextmanager
async def proxy(port: int, backends: Sequence[int]) -> AsyncIterator[None]:
    """Listen on a port and pass every POST on, in turns; 502 when nobody takes it."""
    turn = count()
    session = aiohttp.ClientSession(timeout=_PATIENCE)

    async def forward(request: web.Request) -> web.Response:
        body, first = await request.read(), next(turn)
        for i in range(len(backends)):
            address = f"http://127.0.0.1:{backends[(first + i) % len(backends)]}{request.path}"
            try:
                async with session.post(address, data=body, headers=request.headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)

    app = web.Application()
    app.router.add_post("/{path:.*}", forward)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()
        await session.close()
