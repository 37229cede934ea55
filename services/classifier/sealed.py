"""Arrays as bytes with a header and a checksum. Never pickle, never a text.

MAGIC <format>\\n
<sha256 of what follows, in hexadecimal>\\n
an .npz archive: `about` (JSON as bytes) and the arrays
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import numpy as np


class NotAModel(ValueError):
    """These bytes are nothing of the hub's that can be used. `reason`: foreign, format, damaged."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def seal(magic: bytes, number: int, about: dict[str, Any], arrays: dict[str, Any]) -> bytes:
    """Everything as bytes."""
    text = json.dumps(about, ensure_ascii=False).encode()
    body = io.BytesIO()
    kept = {"about": np.frombuffer(text, dtype=np.uint8), **arrays}
    np.savez_compressed(body, allow_pickle=False, **kept)
    data = body.getvalue()
    return b"%s %d\n%s\n" % (magic, number, hashlib.sha256(data).hexdigest().encode()) + data


def unseal(magic: bytes, number: int, data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was sealed: `about` and the arrays by name. Raises NotAModel."""
    first, _, rest = data.partition(b"\n")
    checksum, _, body = rest.partition(b"\n")
    kind, _, written = first.partition(b" ")
    if kind != magic:
        raise NotAModel("foreign")
    if written != b"%d" % number:
        raise NotAModel("format")
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        raise NotAModel("damaged")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        return json.loads(arrays.pop("about").tobytes()), arrays
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile):
        raise NotAModel("damaged") from None
