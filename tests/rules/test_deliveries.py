"""What became of a case's messages, told from the rows of the queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from services.deliveries import Fate, told
from services.model import Appeal
from services.notices import Kind
from storage.outbox import OutboxRow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class _Case:
    channel, chat_id = "t", "1"


def row(number: int, state: str, **more: Any) -> OutboxRow:
    given: dict[str, Any] = dict.fromkeys(OutboxRow.__slots__)
    given |= {"id": number, "state": state, "kind": Kind.RECEIPT, "channel": "t", "chat_id": "1"}
    given |= {"not_before": NOON, "created_at": NOON, "attempts": 0}
    return OutboxRow(**{**given, **more})


def fates(*rows: OutboxRow, until: datetime = NOON) -> list[Fate]:
    found = told(rows, cast(Appeal, _Case()), now=NOON, until=until)
    return [one.fate for one in found]


@pytest.mark.parametrize(
    ("state", "more", "fate"),
    [
        ("sent", {"sent_at": NOON}, Fate.ARRIVED),
        ("queued", {}, Fate.ON_ITS_WAY),
        ("sending", {}, Fate.ON_ITS_WAY),
        ("queued", {"not_before": NOON + timedelta(hours=8)}, Fate.LATER),
        ("dead", {"error": "blocked"}, Fate.LOST),
        ("dropped", {"error": "blocked", "sent_at": NOON}, Fate.LEFT),
        ("dropped", {"error": "withdrawn"}, Fate.LEFT),
    ],
)
def test_each_state_has_its_word(state: str, more: dict[str, Any], fate: Fate) -> None:
    assert fates(row(1, state, **more)) == [fate]


def test_what_was_replaced_or_had_nothing_to_say_was_never_missed() -> None:
    assert fates(row(1, "dropped", error="superseded"), row(2, "dropped", sent_at=NOON)) == []


def test_edits_of_a_message_are_one_with_it() -> None:
    rows = [row(n, state, anchor="receipt:1") for n, state in enumerate(("sent", "sent", "dead"))]
    assert fates(*rows, row(9, "sent")) == [Fate.LOST, Fate.ARRIVED]
    assert fates(row(1, "sent", anchor="a"), row(2, "sent", anchor="a", chat_id="-5")) == [
        Fate.ARRIVED
    ]


def test_of_others_only_what_has_not_arrived_is_told() -> None:
    assert fates(row(1, "sent", chat_id="-5"), row(2, "dead", chat_id="-5")) == [Fate.LOST]


def test_what_was_written_after_the_opening_shifts_no_page() -> None:
    assert fates(row(1, "sent"), until=NOON - timedelta(seconds=1)) == []
