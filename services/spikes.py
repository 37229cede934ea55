"""A topic that has grown more than chance does is told to the duty officer (domain.md §3).

A spike: at least five cases in seven days, at least half as many again as in a usual week of the
four before, and a number that comes by chance less than once in a hundred such weeks (Poisson).
"""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, lgamma, log

from services import notify
from services.desk import Desk, use_case
from services.digest_facts import by_measure
from services.intake import topic_measure
from services.model import Purpose
from services.notices import Kind

SEEN = 5
GROWN = 1.5
CHANCE = 0.01
WEEKS = 4
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def chance(n: int, usual: float) -> float:
    """How likely so many or more come by chance where `usual` come: the tail of Poisson."""
    if usual <= 0:
        return 0.0 if n else 1.0
    below = sum(exp(k * log(usual) - usual - lgamma(k + 1)) for k in range(n))
    return max(0.0, 1 - below)


def is_spike(n: int, usual: float) -> bool:
    """`n` cases in a week where there are `usual`."""
    return n >= SEEN and n >= GROWN * usual and chance(n, usual) < CHANCE


@use_case
async def look(desk: Desk) -> int:
    """Tell of every topic that has grown, once a week each (a job). Returns how many there are.

    Nothing is told before the hub has seen five weeks: what is usual is not known yet.
    """
    today = desk.now.astimezone(desk.town.calendar.zone).date()
    begins = today - WEEK + DAY
    usual, known = await _usual(desk, begins)
    if not known:
        return 0
    now = by_measure(await desk.uow.statistics.sums(begins, today, None))
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    found = 0
    for topic in desk.town.topics:
        measure = topic_measure(topic)
        n, mean = now.get(measure, 0), usual.get(measure, 0) / WEEKS
        if not is_spike(n, mean):
            continue
        found += 1
        year, week, _ = today.isocalendar()
        key = f"spike:{topic}:{year}-{week}"
        await notify.in_chat(desk, chat, Kind.SPIKE, key=key, topic=topic, n=n, usual=mean)
    return found


async def _usual(desk: Desk, begins: date) -> tuple[dict[str, int], bool]:
    """Facts of the four weeks before, and whether the first of them was known at all."""
    stats, first = desk.uow.statistics, begins - WEEKS * WEEK
    before = by_measure(await stats.sums(first, begins - DAY, None))
    earliest = by_measure(await stats.sums(first, first + WEEK - DAY, None))
    return before, earliest.get("received", 0) > 0
