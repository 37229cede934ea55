"""What is served as it is: scripts and the style sheet, and what people of the town have sent."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.sandbox.town import Town

POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; "
        "form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_FOLDER = Path(__file__).parent / "static"
_STATIC = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_TYPES = {"photo": "image/png", "voice": "audio/wav", "video": "video/mp4", "audio": "audio/mpeg"}


class Files:
    """Files by their addresses."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/files/{id}", self.file),
            web.get("/static/{name}", self.static),
        ]

    async def file(self, request: web.Request) -> web.Response:
        """A picture, a sound; anything else is saved, never shown."""
        stored = self._town.files.get(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        headers = dict(POLICY)
        kind = _TYPES.get(stored.kind)
        if kind is None:
            headers["Content-Disposition"] = "attachment"
        return web.Response(
            body=stored.data, content_type=kind or "application/octet-stream", headers=headers
        )

    async def static(self, request: web.Request) -> web.Response:
        """Scripts and the style sheet, each in its own file."""
        path = _FOLDER / request.match_info["name"]
        if path.parent != _FOLDER or path.suffix not in _STATIC or not path.is_file():
            raise web.HTTPNotFound
        # Small files, sent whole: a reader who leaves meanwhile leaves no file open.
        return web.Response(
            body=path.read_bytes(), content_type=_STATIC[path.suffix], headers=POLICY
        )
