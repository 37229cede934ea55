"""Our own copies of files: what is fetched, what is too large, what must go from the disk.

The fetching itself is a job of its own (bot/fetching); here is what follows from how it ended.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from services import notify
from services.desk import Desk, use_case
from services.model import (
    Attachment,
    Direction,
    DoomedFile,
    FileState,
    Person,
    Utterance,
)
from services.notices import Kind

LIMIT = 20 * 1024 * 1024
"""Bytes that a messenger lets a bot download (domain.md §9)."""


def path_of(attachment: Attachment) -> str:
    """Where the copy stands under the folder of files: the same however often it is fetched."""
    digest = hashlib.sha256(f"{attachment.id}:{attachment.file_id}".encode()).hexdigest()
    return f"{digest[:2]}/{digest[2:]}"


def _say_large(desk: Desk, said: Utterance, person: Person) -> None:
    """Tell who sent it that the file was not fetched; once for a message."""
    key = f"large:{said.id}"
    if said.direction is not Direction.IN:
        notify.reply_in_group(
            desk,
            channel=said.channel,
            chat_id=said.chat_id,
            kind=Kind.PLAIN,
            key=key,
            text="file_too_large_staff",
            values={},
            reply_to=said.external_id,
        )
        return
    notify.plain(
        desk,
        person,
        channel=said.channel,
        chat_id=said.chat_id,
        text="file_too_large" if said.text.strip() else "file_too_large_alone",
        key=key,
    )


@use_case
async def stored(desk: Desk, attachment_id: int, *, path: str, size: int) -> bool:
    """The copy is on the disk. False when it was forgotten meanwhile and has to go."""
    found = await _waiting(desk, attachment_id)
    if found is None:
        return False
    desk.uow.put(replace(found, state=FileState.STORED, path=path, size=size, next_try_at=None))
    return True


@use_case
async def too_large(desk: Desk, attachment_id: int) -> None:
    """The messenger does not give it: it is kept by its id, and said so."""
    found = await _waiting(desk, attachment_id)
    if found is None or found.utterance_id is None:
        return
    desk.uow.put(replace(found, state=FileState.LARGE, next_try_at=None))
    said = await desk.uow.need(Utterance, found.utterance_id)
    if said.author_id is not None:
        _say_large(desk, said, await desk.uow.need(Person, said.author_id))


@use_case
async def failed(desk: Desk, attachment_id: int, *, next_try_at: float | None) -> None:
    """It did not work: again at `next_try_at` (technical time), or never when that is None."""
    found = await _waiting(desk, attachment_id)
    if found is None:
        return
    state = FileState.LOST if next_try_at is None else FileState.WAITING
    desk.uow.put(replace(found, state=state, tries=found.tries + 1, next_try_at=next_try_at))


async def _waiting(desk: Desk, attachment_id: int) -> Attachment | None:
    found = await desk.uow.lock(Attachment, attachment_id)
    return found if found is not None and found.state is FileState.WAITING else None


async def doom(desk: Desk, attachment: Attachment) -> None:
    """Forget a file: its row now, its copy by a job, whether or not it has been made yet."""
    if attachment.state in (FileState.WAITING, FileState.STORED):
        desk.uow.add(DoomedFile(desk.uow.new_id(DoomedFile), path_of(attachment)))
    desk.uow.remove(attachment)
