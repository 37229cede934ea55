"""How fast a bot may send, by a time the test moves."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.rate import RateGate, RateLimits
from tests.channels.sandbox_client import serving


class Seconds:
    """A time source in the hands of the test."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def refusal(gate: RateGate, chat_id: int, cost: int = 1) -> int | None:
    """None when it passed, else `retry_after`."""
    try:
        gate.pass_or_refuse(chat_id, cost)
    except ApiError as error:
        return int((error.parameters or {})["retry_after"])
    return None


def sent_until_refused(gate: RateGate, chat_id: int) -> int:
    count = 0
    while refusal(gate, chat_id) is None:
        count += 1
    return count


def test_a_person_gets_one_a_second_after_a_burst_of_three() -> None:
    time = Seconds()
    gate = RateGate(RateLimits(), time)
    assert sent_until_refused(gate, 1) == 3
    assert refusal(gate, 1) == 1
    time.now += 1
    assert sent_until_refused(gate, 1) == 1


def test_a_group_gets_twenty_in_any_sixty_seconds() -> None:
    time = Seconds()
    gate = RateGate(RateLimits(), time)
    for _ in range(20):
        assert refusal(gate, -1) is None
        time.now += 1
    assert refusal(gate, -1) == 40
    time.now += 40
    assert sent_until_refused(gate, -1) == 1
    assert refusal(gate, -2) is None


def test_thirty_a_second_in_all() -> None:
    time = Seconds()
    gate = RateGate(RateLimits(), time)
    assert [refusal(gate, chat) for chat in range(1, 32)] == [None] * 30 + [1]
    time.now += 1
    assert refusal(gate, 31) is None


def test_what_is_refused_does_not_count() -> None:
    time = Seconds()
    gate = RateGate(RateLimits(total_per_second=0), time)
    sent_until_refused(gate, -1)
    for _ in range(50):
        refusal(gate, -1)
    time.now += 60
    assert sent_until_refused(gate, -1) == 20


@pytest.mark.parametrize(("chat_id", "wait"), [(1, 8), (-1, 60)])
def test_an_album_counts_by_its_items(chat_id: int, wait: int) -> None:
    time = Seconds()
    gate = RateGate(RateLimits(), time)
    assert refusal(gate, chat_id, 10) is None
    if chat_id < 0:
        assert refusal(gate, chat_id, 10) is None
    assert refusal(gate, chat_id) == wait
    time.now += wait
    assert refusal(gate, chat_id) is None


def test_limits_switch_off() -> None:
    gate = RateGate(RateLimits.off(), Seconds())
    assert all(refusal(gate, chat) is None for chat in (1, -1) for _ in range(1000))


async def test_429_over_http_and_what_counts() -> None:
    time = Seconds()
    async with serving(limits=None, monotonic=time) as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        chat_id = anna["id"]
        sent = await api.ok("sendMessage", chat_id=chat_id, text="1")
        edit = {"chat_id": chat_id, "message_id": sent["message_id"]}
        await api.ok("editMessageText", **edit, text="2")
        await api.ok("sendMessage", chat_id=chat_id, text="3")
        assert await api.call("editMessageText", **edit, text="4") == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        await api.ok("getChat", chat_id=chat_id)
        await api.ok("deleteMessage", **edit)
        time.now += 1
        await api.ok("sendMessage", chat_id=chat_id, text="5")
