"""What a press in a working chat says, in the words of the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.receive.scene import Scene
from services.access import Actor
from services.model import AppealId


@dataclass(frozen=True, slots=True)
class Place:
    """Who pressed a button of which case, and where."""

    actor: Actor
    appeal_id: AppealId
    channel: str
    chat: str
    locale: str

    @property
    def menu(self) -> dict[str, Any]:
        """The arguments of a use case that opens something in this chat."""
        return {
            "actor": self.actor,
            "appeal_id": self.appeal_id,
            "channel": self.channel,
            "chat": self.chat,
        }


def place_of(scene: Scene) -> Place:
    """The place of a press."""
    assert scene.button is not None
    return Place(
        actor=scene.known.actor,
        appeal_id=AppealId(scene.button.id),
        channel=scene.known.account.channel,
        chat=scene.chat,
        locale=scene.known.person.locale,
    )
