"""Files: what they count as, what may share an album, where a copy stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetching.worker import LONGEST_PAUSE, TRIES, pause_after
from bot.views.media import ALBUM, batches, in_order
from services.attachments import GROUPS, counts, evidence, without_words
from services.files import path_of
from services.model import AppealId, Attachment
from services.wire import Author, File, Message, message_from_json
from tests.support.desks import START

AUTHOR = Author("t", "1", "Мария", "ru")
KINDS = st.lists(st.sampled_from([*GROUPS, "hologram"]), max_size=40)


def _attachment(number: int, kind: str) -> Attachment:
    return Attachment(number, AppealId(1), 1, None, kind, f"{kind}-{number}", None)


def _message(text: str, *kinds: str) -> Message:
    files = tuple(File(kind, kind) for kind in kinds)
    return Message("t", "1", AUTHOR, "1", START, text, files)


@given(KINDS)
def test_every_file_goes_once_and_only_with_its_like(kinds: list[str]) -> None:
    ordered = in_order(_attachment(n, kind) for n, kind in enumerate(kinds))
    sent = list(batches(ordered))
    assert tuple(f for batch in sent for f in batch) == ordered
    assert len(ordered) == len([k for k in kinds if k != "hologram"])
    for batch in sent:
        shared = {f.kind for f in batch}
        assert len(batch) <= ALBUM
        assert (
            len(batch) == 1 or shared <= {"photo", "video"} or shared in ({"document"}, {"audio"})
        )


@given(KINDS, st.integers(0, 40))
def test_what_is_left_after_some_batches_is_what_they_did_not_carry(
    kinds: list[str], done: int
) -> None:
    ordered = in_order(_attachment(n, kind) for n, kind in enumerate(kinds))
    carried = [len(batch) for batch in batches(ordered)][:done]
    rest = list(batches(ordered))[done:]
    assert list(batches(ordered[sum(carried) :])) == rest


@pytest.mark.parametrize(
    ("text", "kinds", "group"),
    [
        ("", ("photo",), "photo"),
        ("", ("voice",), "voice"),
        ("", ("video_note", "voice"), "video"),
        ("", ("document", "audio"), "file"),
        (" \n", ("photo", "voice"), "photo"),
        ("яма", ("photo",), None),
        ("", (), None),
    ],
)
def test_what_a_message_without_words_is(
    text: str, kinds: tuple[str, ...], group: str | None
) -> None:
    assert without_words(_message(text, *kinds)) == group


def test_a_voice_is_no_evidence() -> None:
    files = _message("", "photo", "video", "document", "voice", "audio").attachments
    assert evidence(files) == 3
    assert counts(files) == {"photo": 1, "video": 1, "file": 1, "voice": 2}


def test_a_copy_has_a_place_of_its_own() -> None:
    one = _attachment(1, "photo")
    assert path_of(one) == path_of(replace(one, size=5, tries=3))
    assert len({path_of(one), path_of(_attachment(2, "photo"))}) == 2
    assert path_of(one).count("/") == 1


def test_pauses_grow_to_an_hour() -> None:
    pauses = [pause_after(n) for n in range(TRIES)]
    assert pauses[:4] == [1, 5, 25, 125]
    assert pauses[-1] == LONGEST_PAUSE
    assert pauses == sorted(pauses)


def test_a_draft_keeps_venue_and_contact() -> None:
    message = replace(
        _message("", "video"), contact="+7999", venue="Кафе, ул. Ленина, 7", place=(44.5, 38.0)
    )
    assert message_from_json(message.as_json(), AUTHOR, "1") == message
