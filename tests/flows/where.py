"""«Где это?» as the tests of places meet it: asked or not, and what stands behind «Где:»."""

from __future__ import annotations

from typing import Any

from tests.flows.conftest import Town

NOWHERE = "Слабый напор воды, кран еле течёт третий день"
ASKED = "Где это?"
HERE = "📍 Я на этом месте"
IN_TOWN, FAR = (44.5611, 38.0764), (55.7558, 37.6173)


def asked(town: Town, citizen: dict[str, Any] | None = None) -> int:
    """How often the citizen (Maria) was asked."""
    chat = citizen or town.maria
    return len([m for m in town.hub.texts(chat) if ASKED in m.get("text", "")])


def where(town: Town) -> str:
    """The line of Maria's newest receipt."""
    text = town.hub.last(town.maria, "Поняли так")["text"]
    return next(line for line in text.split("\n") if line.startswith("Где: "))
