"""Things to send for who has none at hand: pictures, a voice, places of the town."""

from __future__ import annotations

import io
import math
import struct
import wave
import zlib
from functools import cache

PLACES = {
    "Островского, 12": (44.5611, 38.0768),
    "Полевая, 5": (44.5702, 38.0661),
    "Кабардинка": (44.6503, 37.9392),
    "Москва": (55.7558, 37.6173),
}
"""Points by name; the last one is far away on purpose."""
_WIDTH, _HEIGHT = 240, 160
_PAINTS = (
    ((96, 125, 139), (55, 71, 79)),
    ((141, 110, 99), (78, 52, 46)),
    ((84, 110, 122), (38, 50, 56)),
)


@cache
def picture(number: int, *, mended: bool = False) -> bytes:
    """A drawn photo: asphalt with a hole, or a neat patch; another shade for every number. PNG."""
    light, dark = _PAINTS[number % len(_PAINTS)]
    new = tuple(c - 24 for c in light)
    centre, radius = (_WIDTH * (0.35 + 0.1 * number), _HEIGHT * 0.6), _HEIGHT * 0.22
    rows = bytearray()
    for y in range(_HEIGHT):
        rows.append(0)
        for x in range(_WIDTH):
            across, down = abs(x - centre[0]) / 1.6, abs(y - centre[1])
            inside = max(across, down) < radius if mended else math.hypot(across, down) < radius
            grain = (x * 7 + y * 13 + x * y) % 17 - 8
            colour = (new if mended else dark) if inside else light
            rows += bytes(max(0, min(255, c + grain)) for c in colour)
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*c) for c in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


def sound() -> bytes:
    """Half a second of a hum. WAV, which every browser plays."""
    rate, seconds = 8000, 0.5
    count = int(rate * seconds)
    frames = b"".join(
        struct.pack("<h", int(6000 * math.sin(2 * math.pi * 220 * n / rate))) for n in range(count)
    )
    kept = io.BytesIO()
    with wave.open(kept, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(frames)
    return kept.getvalue()
