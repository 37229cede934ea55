"""A message of ours that nobody has written down: the first copy of one that was sent again.

A crash, or a lost answer, between a send and its record shows a notice twice; only the second copy
is registered (architecture.md §Out 3). What a person does to the first one, a reply or a press,
means the same: it is written down as soon as somebody touches it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.button_data import unpack
from services.desk import Desk
from services.model import AppealId, Posted

WORDS = "words"
"""Where a registered message that no button ties to its case keeps a fingerprint of its words."""
COPY_OF = "copy_of"
"""Where a copy keeps the messenger's id of its twin."""
_SKEW = timedelta(minutes=5)
"""By how much the messenger's clock and ours may differ."""
_NUMBER = re.compile(r"№ (\d{1,18})\b")


@dataclass(frozen=True, slots=True)
class Copy:
    """A message of ours as the messenger shows it to us."""

    channel: str
    chat: str
    external_id: str
    text: str
    buttons: tuple[str, ...]
    """The data of each."""
    at: datetime

    @property
    def case(self) -> AppealId | None:
        """The case that its buttons name, else its words."""
        for packed in map(unpack, self.buttons):
            if packed is not None and packed.about_a_case:
                return AppealId(packed.id)
        named = None if self.buttons else _NUMBER.search(self.text)
        return AppealId(int(named[1])) if named else None


def fingerprint(text: str) -> str:
    """Of plain words, however a messenger treats the space around them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


async def standing(
    desk: Desk, channel: str, chat: str, external_id: str, copy: Copy | None
) -> Posted | None:
    """Our message with this id, or for a copy its twin: whatever follows happens there.

    `copy` is how the messenger shows it; None for a message that can't be seen.
    """
    posted = await desk.uow.screens.at(channel, chat, external_id)
    if posted is None:
        return await _write_down(desk, copy) if copy is not None else None
    twin = posted.data.get(COPY_OF)
    found = await desk.uow.screens.at(channel, chat, twin) if twin is not None else None
    return found or posted


async def _write_down(desk: Desk, copy: Copy) -> Posted | None:
    """Register a copy like its twin, but for the anchor: edits go to the twin. Returns the twin.

    None when nothing that we know of stands in this chat a second time.
    """
    twin = await _twin(desk, copy)
    if twin is not None:
        desk.uow.add(
            replace(
                twin,
                id=desk.uow.new_id(Posted),
                external_id=copy.external_id,
                anchor=None,
                data={**twin.data, COPY_OF: twin.external_id},
                digest="",
                at=copy.at,
            )
        )
    return twin


async def _twin(desk: Desk, copy: Copy) -> Posted | None:
    """The next registered message of the chat with the same words, or about the same case.

    A chat's notices go one after another, and the copy was sent again before anything else.
    """
    said = fingerprint(copy.text)
    since = await desk.uow.screens.since(copy.channel, copy.chat, copy.at - _SKEW)
    later = sorted((p for p in since if _place(p.external_id) > _place(copy.external_id)), key=_at)
    case = copy.case
    for posted in later:
        if COPY_OF in posted.data:
            continue
        if posted.data.get(WORDS) == said or (case is not None and posted.appeal_id == case):
            return posted
    return None


def _at(posted: Posted) -> int:
    return _place(posted.external_id)


def _place(external_id: str) -> int:
    """Messages of a chat are numbered in their order."""
    return int(external_id) if external_id.isascii() and external_id.isdecimal() else -1
