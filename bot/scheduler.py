"""The one table of jobs. APScheduler beats once a second; what is due is decided here.

A job's next fire time is counted from its last run in the database and claimed under a unique
(job, fire time): moved time, outages and replicas follow one rule, and what was missed is caught
up once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from time import perf_counter
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.log import about, log
from bot.watch.counts import Counts
from services import (
    asking_again,
    binding,
    consent,
    digests,
    duty_calls,
    endings,
    extensions,
    feedback,
    lapsed,
    menus,
    outages,
    privacy,
    problem_work,
    questions,
    recurring,
    reminders,
    spikes,
    teaching,
    todo,
)
from services.desk import Desk
from storage.store import Store
from storage.unit import UnitOfWork

DIGEST_AT = time(8, 30)
SILENCE_DAYS = 7
UNOWNED_MINUTES = 60
CALL_EVERY = timedelta(minutes=3)
"""An emergency that nobody accepts calls again, day and night."""


async def _digest(desk: Desk) -> object:
    local = desk.now.astimezone(desk.town.calendar.zone)
    # After a night's outage yesterday's digest is not sent any more: today's comes at its time.
    if local.time() < DIGEST_AT:
        return 0
    late = local - datetime.combine(local, DIGEST_AT, local.tzinfo) > outages.LATE
    return await digests.write_all(desk, day=local.date(), late=late)


async def _silence(desk: Desk) -> object:
    return await feedback.close_silent(desk, days=SILENCE_DAYS)


async def _unowned(desk: Desk) -> object:
    return await reminders.call_unowned(desk, minutes=UNOWNED_MINUTES)


async def _alarms(desk: Desk) -> object:
    return await duty_calls.call_again(desk, every=CALL_EVERY)


async def _alarm_words(desk: Desk) -> object:
    return await duty_calls.forget_words(desk, older_than=consent.DRAFT_LIFE)


@dataclass(frozen=True, slots=True)
class Job:
    """When, in crontab's words and the municipality's zone, and what."""

    id: str
    crontab: str
    function: Callable[[Desk], Awaitable[object]]


JOBS = (
    Job("reminders", "* * * * *", reminders.speak),
    Job("digest", f"{DIGEST_AT.minute} {DIGEST_AT.hour} * * *", _digest),
    Job("unowned", "*/5 * * * *", _unowned),
    Job("lapsed", "*/5 * * * *", lapsed.free),
    Job("extensions", "*/5 * * * *", extensions.call_silent),
    Job("questions", "15 10 * * *", questions.nudge),
    Job("todo", "0 16 * * *", todo.remind),
    Job("ask_again", "30 11 * * *", asking_again.ask),
    Job("silence", "0 10 * * *", _silence),
    Job("problems", "* * * * *", problem_work.go_on_answering),
    Job("alarms", "* * * * *", _alarms),
    Job("alarm_words", "*/10 * * * *", _alarm_words),
    Job("menus", "* * * * *", menus.close_old),
    Job("forget", "30 * * * *", privacy.forget_closed),
    Job("rights", "40 7 * * *", binding.check_all),
    Job("spikes", "20 * * * *", spikes.look),
    # What has grown for a week need not ring at night.
    Job("recurring", "25 9-18 * * *", recurring.look),
    Job("learning", "30 3 * * *", teaching.order),
    Job("drafts", "*/10 * * * *", consent.forget_old_drafts),
)


@dataclass(frozen=True, slots=True)
class Beat:
    """What may come due every second: found by one range of an index, some done in a transaction.

    `due` reads; `think` is called with each find outside a transaction; `do` decides again under
    its own lock, so that replicas and a second run do nothing twice. `foresee` may read beforehand
    what several of them will ask for.
    """

    id: str
    due: Callable[[Desk], Awaitable[Sequence[Any]]]
    think: Callable[[Desk, Any], object]
    foresee: Callable[[Desk, Sequence[Any]], Awaitable[object]]
    do: Callable[[Desk, Any], Awaitable[object]]


def _understand(desk: Desk, over: endings.Over) -> object:
    return desk.understand(over.text)


BEATS = (Beat("bursts", endings.due, _understand, endings.foresee, endings.close),)
TOGETHER = 20
"""So many finds of a beat share a transaction."""


class Jobs:
    """Fires the table's jobs, and the housekeeping of technical time."""

    def __init__(
        self,
        *,
        store: Store,
        desk: Callable[[UnitOfWork], Desk],
        on_commit: Callable[[], None],
        table: tuple[Job, ...] = JOBS,
        counts: Counts | None = None,
    ) -> None:
        self._store = store
        self._desk = desk
        self._on_commit = on_commit
        self._table = table
        self._counts = counts or Counts()
        self._lock = asyncio.Lock()
        self._scheduler = AsyncIOScheduler()
        self.settled_at: datetime | None = None
        """The business moment of the last complete beat."""

    def start(self) -> None:
        """Beat once a second from now on."""
        self._scheduler.add_job(
            self.beat,
            "interval",
            seconds=1,
            id="heartbeat",
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """No more beats; one that is under way ends first."""
        if self._scheduler.running:
            self._scheduler.pause()
            async with self._lock:
                self._scheduler.shutdown(wait=False)

    async def beat(self) -> None:
        """Run every job whose time has come."""
        async with self._lock:
            async with self._store.reading() as uow:
                desk = self._desk(uow)
                last = await uow.jobs.last(tuple(job.id for job in self._table))
                found = [(beat, await beat.due(desk)) for beat in BEATS]
            for beat, due in found:
                for first in range(0, len(due), TOGETHER):
                    await self._do(beat, due[first : first + TOGETHER], desk)
            for job in self._table:
                await self._maybe(job, last.get(job.id), desk)
            self.settled_at = desk.now

    async def _do(self, beat: Beat, some: Sequence[Any], seen: Desk) -> None:
        """Some of what is due. When it fails each is done alone, what fails alone at the next beat:
        the others go on.
        """
        began = perf_counter()
        person = getattr(some[0], "person_id", None) if len(some) == 1 else None
        with about(beat=beat.id, person=person):
            try:
                uow = await self._done(beat, some, seen)
            except Exception:
                if len(some) == 1:
                    log.exception("beat.failed")
                    self._ran(beat.id, "failed", began)
                    return
            else:
                log.info("beat.done", appeals=sorted(set(uow.changed)))
                self._ran(beat.id, "done", began)
                return
        log.warning("beat.batch_failed", beat=beat.id, finds=len(some))
        for one in some:
            await self._do(beat, [one], seen)

    async def _done(self, beat: Beat, some: Sequence[Any], seen: Desk) -> UnitOfWork:
        await asyncio.to_thread(lambda: [beat.think(seen, one) for one in some])
        async with self._store.unit() as uow:
            desk = self._desk(uow)
            await beat.foresee(desk, some)
            for one in some:
                await beat.do(desk, one)
                await asyncio.sleep(0)
        return uow

    def _ran(self, job: str, outcome: str, began: float) -> None:
        self._counts.jobs.add(job, outcome)
        self._counts.job_time.add(job, n=perf_counter() - began)

    async def _maybe(self, job: Job, last: datetime | None, seen: Desk) -> None:
        now = seen.now
        trigger = CronTrigger.from_crontab(job.crontab, timezone=seen.town.calendar.zone)
        # A job that never ran starts counting now.
        due = now if last is None else trigger.get_next_fire_time(None, last + _TICK)
        if due is None or due > now:
            return
        began = perf_counter()
        try:
            async with self._store.unit() as uow:
                desk = self._desk(uow)
                if not await uow.jobs.claim(job.id, due.astimezone(now.tzinfo), now):
                    return
                with about(job=job.id):
                    result: Any = 0 if last is None else await job.function(desk)
        except Exception:
            log.exception("job.failed", job=job.id)
            self._ran(job.id, "failed", began)
            return
        self._ran(job.id, "done", began)
        if result:
            log.info("job.done", job=job.id, result=result, appeals=sorted(set(uow.changed)))
            self._on_commit()


_TICK = timedelta(seconds=1)
