"""How an update ended, as the log says it: ids, never words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.receive.scene import Scene
from storage.inbox import InboxRow


@dataclass(slots=True)
class End:
    """How a unit of updates ended, told when that is committed."""

    row: InboxRow
    outcome: str
    person: int | None = None
    appeals: list[int] = field(default_factory=list)
    """The cases to which it added something."""
    refusals: list[str] = field(default_factory=list)
    """Codes of the rules that said no."""


def told(end: End, kind: str) -> dict[str, Any]:
    """What a line of the log says of it."""
    told = {"kind": kind, "outcome": end.outcome, "person": end.person}
    told |= {"appeals": end.appeals or None, "refused": end.refusals or None}
    return {name: value for name, value in told.items() if value is not None}


def asked_about(scene: Scene) -> int | None:
    """The case that a press or a reply is about."""
    button = scene.button
    if button is not None and button.about_a_case:
        return button.id
    return scene.posted.appeal_id if scene.posted is not None else None
