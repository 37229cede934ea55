"""Masking measured: no secret of two thousand leaks, and innocent numbers and names stay."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

from services.understanding import mask
from tests.understanding.secrets import MAKERS, Told, told

MANY = 2_000
INNOCENT = Path(__file__).parent / "innocent.txt"


def leaks(one: Told) -> bool:
    """Whether the masked sentence still gives a part of the secret away."""
    head, tail = one.around
    masked = mask(one.text)
    if one.kind == "page":
        return re.findall(r"\w+", one.secret)[-1] in masked
    if one.kind in ("person", "mail"):
        words = re.findall(r"[^\W\d_]{3,}", one.secret)
        return any(word in masked for word in words if word not in ("собака", "example", "почта"))
    return digits(masked) != digits(head + tail)


def digits(text: str) -> str:
    """Its digits alone."""
    return re.sub(r"\D", "", text)


def spoils(one: Told) -> bool:
    """Whether masking took away words around the secret."""
    head, tail = one.around
    masked = mask(one.text)
    return not (masked.startswith(head) and masked.endswith(tail))


def test_nothing_of_two_thousand_leaks() -> None:
    random = Random(2026)
    sentences = [told(random) for _ in range(MANY)]
    assert set(Counter(one.kind for one in sentences)) == set(MAKERS)
    leaked = [(one.kind, one.text, mask(one.text)) for one in sentences if leaks(one)]
    assert not leaked, f"{len(leaked)}: {leaked[:10]}"
    spoilt = [(one.kind, one.text, mask(one.text)) for one in sentences if spoils(one)]
    assert len(spoilt) <= MANY * 0.02, f"{len(spoilt)}: {spoilt[:10]}"


def test_innocent_texts_stay_as_they_are() -> None:
    texts = INNOCENT.read_text(encoding="utf-8").splitlines()
    assert len(texts) >= 150
    wrong = [(text, mask(text)) for text in texts if mask(text) != text]
    assert len(wrong) <= len(texts) * 0.02, wrong
