"""What came in an HTTP request: query, form, multipart or JSON → names and raw values."""

import json
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.decode import Upload
from bot.sandbox.errors import ApiError, bad_request

MAX_BODY = 50 * 1024 * 1024


async def read_raw(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Raw parameters and uploaded files; the body wins over the query."""
    raw: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            raw |= await _json(request)
        elif request.content_type == "multipart/form-data":
            await _multipart(request, raw, uploads)
        elif request.can_read_body:
            raw |= {name: str(value) for name, value in (await request.post()).items()}
    except web.HTTPRequestEntityTooLarge:
        raise _too_large() from None
    except ValueError:
        raise bad_request("can't parse the body") from None
    return raw, uploads


def _too_large() -> ApiError:
    return ApiError(413, "Request Entity Too Large")


async def _json(request: web.Request) -> dict[str, Any]:
    value = json.loads(await request.read() or b"{}")
    if not isinstance(value, dict):
        raise bad_request("the JSON body must be an object")
    return value


async def _multipart(request: web.Request, raw: dict[str, Any], uploads: dict[str, Upload]) -> None:
    size = 0
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("can't parse the body")
        data = bytes(await part.read(decode=False))
        size += len(data)
        if size > MAX_BODY:
            raise _too_large()
        if part.filename is None:
            raw[part.name] = data.decode(errors="surrogateescape")
        else:
            uploads[part.name] = Upload(part.filename, data)
