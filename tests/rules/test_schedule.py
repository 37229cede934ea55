"""What is sent next: within every limit, in order in a chat, emergencies first, nobody for ever."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.limits import Limits, Pacer
from bot.delivery.schedule import EXPRESS, LEAD, Choice, Head, choose
from services.notices import PATIENCE, Priority

ROUNDING = 1e-6
PLACES = 30

priorities = st.sampled_from(list(Priority))
chats = st.sampled_from(["-1", "-2", *map(str, range(1, 12))])
written = st.lists(
    st.tuples(st.floats(0, 20, allow_nan=False), chats, priorities), min_size=1, max_size=60
)
speeds = st.builds(
    Limits,
    total_per_second=st.sampled_from([1, 3, 25]),
    private_per_second=st.just(1),
    group_per_minute=st.sampled_from([4, 20]),
)


@dataclass(frozen=True)
class Message:
    """One of a queue."""

    number: int
    at: float
    chat: str
    priority: Priority

    @property
    def rank(self) -> float:
        return self.at + PATIENCE[self.priority]


@dataclass
class Run:
    """A queue that is sent by the choice, as the worker does it, on time that is only counted."""

    limits: Limits
    waiting: list[Message]
    flight: float = 0.0
    now: float = 0.0
    sent: list[tuple[float, Message]] = field(default_factory=list)
    claimed: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pacer = Pacer(self.limits)
        self.landing: dict[str, float] = {}

    def heads(self) -> list[Head[Message]]:
        chats: dict[str, list[Message]] = {}
        for message in self.waiting:
            if message.at <= self.now:
                chats.setdefault(message.chat, []).append(message)
        found = [
            Head(
                min(queue, key=lambda m: m.number),
                chat,
                chat.startswith("-"),
                min(message.rank for message in queue),
            )
            for chat, queue in chats.items()
        ]
        return sorted(found, key=lambda head: (head.rank, head.what.number))

    def look(self) -> Choice[Message]:
        self.landing = {chat: at for chat, at in self.landing.items() if at > self.now}
        return choose(
            self.heads(),
            pacer=self.pacer,
            now=self.now,
            busy=self.landing.keys(),
            unsent=len(self.claimed),
            places=PLACES,
            may_draw=True,
        )

    def step(self) -> None:
        """One look, its sends, and on to the next moment at which something may change."""
        choice = self.look()
        for message in choice.go:
            self.waiting.remove(message)
            self.claimed.append(message)
            self.landing[message.chat] = math.inf
        turns = [self.now + choice.pause, *(self._fly(message) for message in [*self.claimed])]
        turns += [message.at for message in self.waiting if message.at > self.now]
        self.now = min(at for at in [*turns, *self.landing.values()] if at > self.now)

    def _fly(self, message: Message) -> float:
        """Send it if the pace allows; otherwise, or when it lands, is the moment to look again."""
        group = message.chat.startswith("-")
        at = self.pacer.ready_at(message.chat, is_group=group, now=self.now)
        if at > self.now:
            return at
        self.pacer.take(message.chat, is_group=group, now=at)
        self.sent.append((at, message))
        self.claimed.remove(message)
        self.landing[message.chat] = at + self.flight
        return at + self.flight

    def to_the_end(self) -> Run:
        for _ in range(20_000):
            if not self.waiting and not self.claimed:
                return self
            self.step()
        raise AssertionError(f"{len(self.waiting) + len(self.claimed)} never went")


def run(limits: Limits, wanted: list[tuple[float, str, Priority]], flight: float = 0.0) -> Run:
    ordered = sorted(wanted, key=lambda one: one[0])
    return Run(limits, [Message(n, *one) for n, one in enumerate(ordered)], flight).to_the_end()


def most(moments: list[float], length: float) -> int:
    return max(sum(start <= at < start + length - ROUNDING for at in moments) for start in moments)


@given(speeds, written, st.sampled_from([0.0, 0.05, 3.0]))
@settings(deadline=None)
def test_never_over_a_limit_in_any_window(
    limits: Limits, wanted: list[tuple[float, str, Priority]], flight: float
) -> None:
    sent = run(limits, wanted, flight).sent
    assert most([at for at, _ in sent], 1) <= limits.total_per_second
    for chat in {message.chat for _, message in sent}:
        own = [at for at, message in sent if message.chat == chat]
        if chat.startswith("-"):
            assert most(own, 60) <= limits.group_per_minute
        else:
            assert most(own, 1) <= limits.private_per_second


@given(speeds, written, st.sampled_from([0.0, 0.05, 3.0]))
@settings(deadline=None)
def test_a_chat_reads_in_the_order_of_writing(
    limits: Limits, wanted: list[tuple[float, str, Priority]], flight: float
) -> None:
    sent = run(limits, wanted, flight).sent
    assert len(sent) == len(wanted)
    for chat in {message.chat for _, message in sent}:
        own = [message.number for _, message in sent if message.chat == chat]
        assert own == sorted(own)


@given(speeds, written, st.floats(0, 20, allow_nan=False))
@settings(deadline=None)
def test_an_emergency_goes_with_the_next_free_place(
    limits: Limits, wanted: list[tuple[float, str, Priority]], at: float
) -> None:
    calm = [(when, chat, p) for when, chat, p in wanted if p != Priority.EMERGENCY]
    sent = run(limits, [*calm, (at, "emergency", Priority.EMERGENCY)]).sent
    went = next(when for when, message in sent if message.chat == "emergency")
    overtaken = [m for when, m in sent if at + LEAD + ROUNDING < when < went - ROUNDING]
    assert overtaken == []


@given(
    st.sampled_from([p for p in Priority if p not in (Priority.EMERGENCY, Priority.BROADCAST)]),
    st.integers(0, 40),
)
@settings(deadline=None, max_examples=20)
def test_nothing_starves_behind_what_matters_more(low: Priority, before: int) -> None:
    """Answers are written as fast as all may be sent, for ever: the other still has its turn."""
    rate, patience = 5, PATIENCE[low]
    answers = [
        (n / rate, f"{n}", Priority.ANSWER) for n in range(int((patience + 30) * rate) + before)
    ]
    ahead = [(0.0, f"early {n}", Priority.ANSWER) for n in range(before)]
    sent = run(
        Limits(total_per_second=rate, private_per_second=1), [*ahead, *answers, (1.0, "low", low)]
    ).sent
    went = next(when for when, message in sent if message.chat == "low")
    assert went <= 1.0 + patience + before / rate + 2.0


def test_alike_are_sent_in_the_order_of_their_writing() -> None:
    wanted = [(n / 100, str(n), Priority.ANSWER) for n in range(300)]
    sent = run(Limits(total_per_second=25), wanted).sent
    assert [message.number for _, message in sent] == list(range(300))
    assert sent[-1][0] <= 300 / 25


def test_a_slow_network_keeps_places_for_emergencies() -> None:
    crowd = [Message(n, 0.0, str(n), Priority.ANSWER) for n in range(100)]
    slow = Run(Limits(total_per_second=0), crowd, flight=60.0)
    slow.step()
    assert len(slow.sent) == PLACES - EXPRESS
    slow.waiting.append(Message(101, 0.0, "danger", Priority.EMERGENCY))
    assert [message.chat for message in slow.look().go] == ["danger"]


def test_what_waits_for_the_pace_of_all_is_not_claimed() -> None:
    crowd = [Message(n, 0.0, str(n), Priority.ANSWER) for n in range(100)]
    saturated = Run(Limits(total_per_second=5), crowd)
    saturated.step()
    assert len(saturated.sent) == 5
    saturated.now = 0.5
    choice = saturated.look()
    assert choice.go == []
    assert abs(choice.pause - (0.5 - LEAD)) < ROUNDING


def test_those_that_rest_need_not_be_looked_at() -> None:
    pacer = Pacer(Limits())
    pacer.take("a", is_group=False, now=0.0)
    heads = [Head(1, "a", False, 0.0), Head(2, "b", False, 1.0, not_until=30.0)]
    choice = choose(heads, pacer=pacer, now=0.0, busy=(), unsent=0, places=PLACES, may_draw=True)
    assert choice.go == []
    assert choice.resting == {"a": 1.0 - LEAD, "b": 1.0}


def test_pictures_go_one_at_a_time() -> None:
    heads = [Head(n, str(n), False, float(n), is_drawn=n < 3) for n in range(5)]
    given = {"pacer": Pacer(Limits()), "now": 0.0, "busy": (), "unsent": 0, "places": PLACES}
    assert choose(heads, **given, may_draw=True).go == [0, 3, 4]
    assert choose(heads, **given, may_draw=False).go == [3, 4]
