"""Callback data: what was packed comes back, nothing else gets in, nothing is over 64 bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.button_data import LIMIT, PREFIXES, ButtonData, data, unpack
from services.errors import OutOfDate

quick = settings(max_examples=200, deadline=None, derandomize=True)
words = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
ids = st.integers(0, 10**18 - 1)
arguments = st.lists(st.one_of(words, ids.map(str)), max_size=3).map(tuple)
buttons = st.builds(ButtonData, st.sampled_from(PREFIXES), words, ids, arguments)


@quick
@given(button=buttons)
def test_what_was_packed_comes_back(button: ButtonData) -> None:
    try:
        packed = button.pack()
    except ValueError:
        longest = ".".join((button.prefix, button.action, str(button.id), *button.args))
        assert len(longest.encode()) > LIMIT
        return
    assert len(packed.encode()) <= LIMIT
    assert unpack(packed) == button
    assert data(button.prefix, button.action, button.id, *button.args) == packed


@quick
@given(text=st.text(max_size=80))
def test_anything_else_is_nobody_or_packs_to_the_same_ids(text: str) -> None:
    found = unpack(text)
    if found is not None:
        assert found.prefix in PREFIXES
        assert 0 <= found.id < 10**18
        assert text.startswith(f"{found.prefix}.{found.action}.")


@quick
@given(head=st.sampled_from(PREFIXES), tail=st.lists(st.text(max_size=9), max_size=4))
def test_what_looks_like_a_button_never_breaks_the_reader(head: str, tail: list[str]) -> None:
    found = unpack(".".join((head, *tail)))
    assert found is None or (found.prefix, found.action) == (head, tail[0].split(".")[0])


@pytest.mark.parametrize("letter", ["a", "я", "🔧"])
def test_the_limit_is_in_bytes(letter: str) -> None:
    room = LIMIT - len("s1.take.1.")
    fits = letter * (room // len(letter.encode()))
    assert len(data("s1", "take", 1, fits).encode()) <= LIMIT
    with pytest.raises(ValueError, match="64 bytes"):
        data("s1", "take", 1, fits + letter)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        ".",
        "...",
        "s1",
        "s1.take",
        "s1.take.",
        "s1.take.x",
        "s1.take.-1",
        "s1.take.+1",
        "s1.take. 1",
        "s1.take.1e3",
        "s1.take.²",
        "s1.take.١",
        "s1.take.1000000000000000000",
        "s0.take.1",
        "s2.take.1",
        "S1.take.1",
        " s1.take.1",
        "take.s1.1",
        "{}",
        "\x00.\x00.1",
    ],
)
def test_garbage_is_nobody(text: str | None) -> None:
    assert unpack(text) is None


def test_an_argument_that_is_an_id() -> None:
    button = unpack("m1.outcome.31.7.solved")
    assert button is not None
    assert (button.number(), button.word(1)) == (7, "solved")


@pytest.mark.parametrize("text", ["m1.send.31", "m1.send.31.", "m1.send.31.x", "m1.send.31.-7"])
def test_a_missing_argument_is_an_outdated_button(text: str) -> None:
    button = unpack(text)
    assert button is not None
    with pytest.raises(OutOfDate):
        button.number()
