"""Files in words and in the order of sending: which may share an album, which go alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from bot.i18n import _, ngettext
from bot.views.frame import Frame
from bot.views.rendered import Media, Rendered
from services.attachments import counts
from services.model import Answer, Appeal, Attachment
from storage.outbox import OutboxRow

ALBUM = 10
_ALBUMS = ({"photo", "video"}, {"document"}, {"audio"})
"""Kinds that may stand together; all others go one by one."""
_ALONE = ("animation", "voice", "video_note")


def _rank(kind: str) -> int:
    together = next((n for n, kinds in enumerate(_ALBUMS) if kind in kinds), None)
    return together if together is not None else len(_ALBUMS) + _ALONE.index(kind)


def in_order(files: Iterable[Attachment]) -> tuple[Media, ...]:
    """Files as they will be sent, pictures first; kinds that no messenger sends are left out."""
    known = {kind for kinds in _ALBUMS for kind in kinds}.union(_ALONE)
    shown = [Media(f.kind, f.file_id) for f in files if f.kind in known]
    return tuple(sorted(shown, key=lambda m: _rank(m.kind)))


def batches(files: tuple[Media, ...]) -> Iterator[tuple[Media, ...]]:
    """What one call of a messenger can carry; the order stays."""
    for rank, run in groupby(files, key=lambda m: _rank(m.kind)):
        size = ALBUM if rank < len(_ALBUMS) else 1
        group = tuple(run)
        for start in range(0, len(group), size):
            yield group[start : start + size]


def in_words(found: Mapping[str, int]) -> str:
    """«2 фото, 1 видео»: what services.attachments.counts found."""
    photo, video, voice, file = (found.get(k, 0) for k in ("photo", "video", "voice", "file"))
    parts = (
        ngettext("{n} photo", "{n} photos", photo) if photo else "",
        ngettext("{n} video", "{n} videos", video) if video else "",
        ngettext("{n} voice message", "{n} voice messages", voice) if voice else "",
        ngettext("{n} file", "{n} files", file) if file else "",
    )
    return ", ".join(filter(None, parts))


def unmasked(found: Mapping[str, int]) -> str:
    """Files that no pattern can search for phones and cards (domain.md §8); empty: none came."""
    voice = bool(found.get("voice"))
    seen = bool(found.get("photo") or found.get("video") or found.get("file"))
    if voice and seen:
        return _("voice and photos are not masked")
    if voice:
        return _("voice is not masked")
    return _("photos and files are not masked") if seen else ""


async def under_card(frame: Frame, appeal: Appeal) -> list[str]:
    """For the line of a card: what the citizen sent lies below, and was searched by nobody."""
    if not appeal.attachments:
        return []
    found = counts(await frame.uow.appeals.files_of_author(appeal.id))
    if not found:
        return []
    return [_("below: {files}", files=in_words(found)), unmasked(found)]


async def of_answer(frame: Frame, answer: Answer) -> Counter[str]:
    """What came with an answer, by groups; nothing for a text alone."""
    return counts(await frame.uow.appeals.attachments_of(answer.appeal_id, answer_id=answer.id))


def lie_below(found: Mapping[str, int]) -> str:
    """That the files of an answer follow it."""
    if set(found) == {"photo"}:
        return _("Photos are below.")
    return _("Video is below.") if set(found) == {"video"} else _("Files are below.")


async def words_asked(_frame: Frame, row: OutboxRow) -> Rendered:
    """One question about files that came without a word."""
    text = {
        "video": _("What does the video show? Two words are enough."),
        "voice": _("The voice message is passed on. A few words in text will make it faster."),
        "file": _("What is in the file? Two words are enough."),
    }.get(row.ref["what"], _("What does the photo show? Two words are enough."))
    return Rendered(text, silent=True)


async def media(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Files after a text: the citizen's under the card, the executor's after the answer."""
    assert row.appeal_id is not None
    answer, utterance = row.ref.get("answer"), row.ref.get("utterance")
    if answer is None and utterance is None:
        files = await frame.uow.appeals.files_of_author(row.appeal_id)
    else:
        # One answer to a whole problem: its files lie with the lead's.
        files = await frame.uow.appeals.attachments_of(
            row.ref.get("of", row.appeal_id), answer_id=answer, utterance_id=utterance
        )
    shown = in_order(files)[row.ref.get("done", 0) :]
    if not shown:
        return None
    if answer:
        anchors = (f"answer:{row.ref.get('under', answer)}", f"quality:{answer}:{row.chat_id}")
    else:
        below = row.ref.get("below")
        anchors = (f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}")
        anchors = (below, *anchors) if below else anchors
    return Rendered(media=shown, reply_to=await above(frame, row, *anchors), silent=True)


async def above(frame: Frame, row: OutboxRow, *anchors: str) -> str | None:
    """The message of this chat that something belongs under."""
    for anchor in anchors:
        posted = await frame.uow.screens.anchored(anchor)
        if posted is not None and posted.chat_id == row.chat_id:
            return posted.external_id
    return None
