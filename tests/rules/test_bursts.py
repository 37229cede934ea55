"""Living speech, as properties: whoever writes whatever, nothing is mixed up and nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.scheduler import BEATS
from services import bursts, conversation, edits
from services.model import Direction
from services.municipality import Speech
from services.sameness import elsewhere, names_another
from services.wire import File, Message
from storage.store import Store
from tests.support.desks import LEAK, Office, office, understood

START = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)
quick = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PEOPLE = ("Мария", "Пётр")
PIT = "На Морской огромная яма на дороге посреди асфальта"
WORDS = (LEAK, PIT, "Помогите, у нас тут непорядок", "Уже месяц так", "На Ленина не горит фонарь")


@pytest.fixture
async def at(sqlite_store: Store) -> Office:
    """An office on SQLite."""
    return await office(sqlite_store)


async def beat(at: Office) -> None:
    """What the heartbeat does with bursts."""
    (jobs,) = [b for b in BEATS if b.id == "bursts"]
    async with at.store.reading() as uow:
        due = await jobs.due(at.desk(uow))
    for over in [*due, *due]:
        async with at.at_work() as desk:
            await jobs.do(desk, over)


async def hear(at: Office, who: str, message: Message) -> None:
    """One message reaches the hub."""
    async with at.at_work() as desk:
        await conversation.receive(desk, at.people[who], message)


async def kept(at: Office, who: str) -> tuple[list[str], list[str], int]:
    """Every word and file of a person in his appeals, and how many appeals there are."""
    async with at.store.reading() as uow:
        texts: list[str] = []
        files: list[str] = []
        mine = await uow.appeals.of_person(at.people[who].person.id, limit=500)
        for appeal in mine:
            said = await uow.appeals.utterances_of(appeal.id)
            assert all(u.author_id == appeal.person_id for u in said)
            texts += [u.text for u in said if u.direction is Direction.IN and u.text]
            attached = await uow.appeals.attachments_of(appeal.id)
            assert len(attached) == appeal.attachments
            files += [f.file_id for f in attached]
        assert not await uow.people.drafts_of(at.people[who].person.id)
        return texts, files, len(mine)


_runs = count(1)


@quick
@given(data=st.data(), items=st.integers(2, 10))
async def test_any_split_delay_and_order_of_an_album_is_one_appeal(
    at: Office, data: st.DataObject, items: int
) -> None:
    at.move(hours=1)
    run = next(_runs)
    _, _, before = await kept(at, "Мария")
    order = data.draw(st.permutations(range(items)))
    cuts = data.draw(st.lists(st.integers(0, items), max_size=4))
    edges = sorted({0, items, *cuts})
    base = at.message("Мария", "")
    for low, high in pairwise(edges):
        part = sorted(order[low:high])
        files = tuple(File("photo", f"{run}-{n}") for n in part)
        text = LEAK if 0 in part else ""
        message = replace(
            base, external_id=f"{run}-{part[0]}", text=text, attachments=files, group=f"g{run}"
        )
        await hear(at, "Мария", message)
        at.move(seconds=data.draw(st.sampled_from((0, 1, 6, 61, 400))))
        await beat(at)
    at.move(minutes=6)
    await beat(at)
    _, files_now, after = await kept(at, "Мария")
    assert after == before + 1
    mine = [f for f in files_now if f.startswith(f"{run}-")]
    assert sorted(mine) == sorted(f"{run}-{n}" for n in range(items))


moves = st.lists(
    st.tuples(
        st.sampled_from(("say", "say", "edit", "reply", "wait")),
        st.sampled_from(PEOPLE),
        st.sampled_from(WORDS),
        st.sampled_from((0, 2, 6, 61, 2000)),
    ),
    min_size=3,
    max_size=25,
)


@quick
@given(script=moves)
async def test_two_people_at_once_are_never_mixed_and_no_word_is_lost(
    at: Office, script: list[tuple[str, str, str, int]]
) -> None:
    at.move(hours=1)
    run = next(_runs)
    said: dict[str, list[Message]] = {who: [] for who in PEOPLE}
    for n, (what, who, words, delay) in enumerate(script):
        text = f"{words} [{run}.{n}]"
        await _do(at, what, who, text, said[who])
        at.move(seconds=delay)
        await beat(at)
    at.move(minutes=6)
    await beat(at)
    for who in PEOPLE:
        texts, _, _ = await kept(at, who)
        mine = [t for t in texts if f"[{run}." in t]
        assert sorted(mine) == sorted(m.text for m in said[who])


async def _do(at: Office, what: str, who: str, text: str, said: list[Message]) -> None:
    if what == "edit" and said:
        said[-1] = replace(said[-1], text=text)
        async with at.at_work() as desk:
            await edits.by_citizen(desk, at.people[who], said[-1])
    elif what != "wait":
        to = said[0].external_id if what == "reply" and said else None
        message = at.message(who, text, reply_to=to)
        said.append(message)
        await hear(at, who, message)


moments = st.lists(st.integers(0, 90), min_size=1, max_size=30)


@given(gaps=moments, understood=st.booleans())
def test_a_burst_never_ends_before_its_last_word_nor_later_than_it_may(
    gaps: Sequence[int], understood: bool
) -> None:
    speech, last = Speech(), START
    for gap in gaps:
        last += timedelta(seconds=gap)
        over = bursts.over_at(speech, first=START, last=last, understood=understood)
        assert over <= START + speech.longest
        assert over <= last + speech.unclear_after
        if last <= START + speech.longest:
            assert over >= last
        if understood:
            assert over <= last + speech.understood_after
        now: Any = bursts.over_at(speech, first=START, last=last, understood=False, alarm=True)
        assert now == last


@pytest.mark.parametrize(
    ("before", "further", "another"),
    [
        (LEAK, "Уже месяц так", False),
        (LEAK, PIT, True),
        (LEAK, "Это на Островского", False),
        (LEAK, "То же самое на Ленина 7", True),
        (LEAK, "На Островского 14 тоже", True),
        ("Помогите, у нас тут непорядок", PIT, False),
        ("Здравствуйте", LEAK, False),
    ],
)
def test_what_is_another_matter(before: str, further: str, another: bool) -> None:
    assert names_another(understood(before), understood(further)) is another


def test_a_place_is_elsewhere_only_when_both_are_known() -> None:
    place = understood(LEAK).place
    assert not elsewhere(place, None)
    assert not elsewhere(None, place)
    assert not elsewhere(place, place)
