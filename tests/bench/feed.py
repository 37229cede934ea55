"""Posts updates to a webhook as the messenger does: a few connections that stay open, in order.

Bytes are made beforehand and answers are read as far as needed: the feeder must not be what is
measured.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

SECRET = "bench-secret"


async def post_all(
    urls: Sequence[str], updates: Sequence[dict[str, Any]], *, connections: int = 40
) -> float:
    """Post every update once, to each address in turn; seconds until the last was acknowledged.

    Of one chat only one is on its way, so that none overtakes another. Raises RuntimeError for an
    answer that is not 200.
    """
    lanes: list[list[bytes]] = [[] for _ in range(connections)]
    for update in updates:
        lanes[_chat(update) % connections].append(_request(update))
    begun = time.perf_counter()
    await asyncio.gather(*(_lane(urls, lane) for lane in lanes if lane))
    return time.perf_counter() - begun


def _chat(update: dict[str, Any]) -> int:
    body = update.get("message") or update["callback_query"]["message"]
    return abs(int(body["chat"]["id"]))


def _request(update: dict[str, Any]) -> bytes:
    body = json.dumps(update, ensure_ascii=False).encode()
    head = (
        "POST /hook HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _lane(urls: Sequence[str], requests: Sequence[bytes]) -> None:
    """One request at a time, to the addresses by turns."""
    parts = [urlsplit(url) for url in urls]
    ways = [await asyncio.open_connection(part.hostname, part.port) for part in parts]
    try:
        for n, request in enumerate(requests):
            reader, writer = ways[n % len(ways)]
            writer.write(request)
            await _acknowledged(reader)
    finally:
        for _, writer in ways:
            writer.close()


async def _acknowledged(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head.decode())
    if b"chunked" in head:
        while await reader.readuntil(b"\r\n") != b"0\r\n":
            await reader.readuntil(b"\r\n")
        await reader.readuntil(b"\r\n")
        return
    length = next(h for h in head.split(b"\r\n") if h.startswith(b"content-length:"))
    await reader.readexactly(int(length.partition(b":")[2]))
