"""Files without a word: the case waits in triage, and its author is asked once what they are."""

from __future__ import annotations

from services import dialogs, notify
from services.desk import Desk
from services.model import Appeal
from services.notices import Kind


async def ask(desk: Desk, appeal: Appeal) -> None:
    """«Что на фото?», once, after the receipt of a case that began without a word."""
    if appeal.wordless is None:
        return
    notify.to_citizen(
        desk, appeal, Kind.WORDS_ASKED, key=f"words:{appeal.id}", what=appeal.wordless
    )
    if await dialogs.current(desk, appeal.person_id, appeal.chat_id) is None:
        await dialogs.ask(desk, appeal.person_id, appeal.chat_id, dialogs.WORDS, appeal=appeal.id)
