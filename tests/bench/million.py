"""A database as it looks after years of work: `python -m tests.bench.million ADDRESS APPEALS`.

A thousand appeals a day up to a given moment, a few percent of them open, with all that stands in
the tables because of them. The same number gives the same rows.
"""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from storage import tables
from storage.types import to_micros
from tests.bench.bulk import Bulk, bulk
from tests.bench.lives import TOPICS, Lives, Staff
from tests.bench.multiply import PEOPLE, Copies, multiply
from tests.support.databases import migrated

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
A_DAY = 1000
"""Appeals a day."""
OF_ONE_PERSON = 2
TEMPLATES = 500
OPEN_FOR = timedelta(days=10)
UPDATES_OF_A_LIFE = 5
KEPT_DAYS = 30
"""Keys of updates and runs of jobs are forgotten then."""
MEASURES = ("received", "answered", "in_time", "reacted", "verdict_y", "marks", "marks_sum")


async def seed(
    address: str, appeals: int, *, number: int = 1, open_share: float = 0.03, now: datetime = NOW
) -> None:
    """Fill a migrated database; a town that stands in it already goes on with its staff."""
    random = Random(number)
    async with bulk(address) as db:
        dropped = await db.indexes()
        for name in dropped:
            await db.run(f"DROP INDEX {name}")
        staff = await _staff(db)
        still_open = round(appeals * open_share)
        closed = appeals - still_open
        ended = now - OPEN_FOR
        began = ended - timedelta(days=closed / A_DAY)
        await _group(db, random, staff, closed, began, ended, is_open=False)
        await _group(db, random, staff, still_open, ended, now, is_open=True)
        await _queues(db, appeals, now)
        await _days(db, appeals, now)
        await _numbers(db, address)
        await _set_clocks(db, now)
        for statement in dropped.values():
            await db.run(statement)
        if not address.startswith("sqlite"):
            # What a server does by itself; nobody does it for a file.
            await db.run("ANALYZE")


async def _group(
    db: Bulk,
    random: Random,
    staff: Staff,
    appeals: int,
    since: datetime,
    until: datetime,
    *,
    is_open: bool,
) -> None:
    if not appeals:
        return
    templates = min(appeals, TEMPLATES)
    copies = max(appeals // templates, 1)
    window = (until - since) / copies
    first = {name: await _after_last(db, name) for name in _KEYED}
    lives = Lives(random, staff, first)
    person = 0
    for n in range(templates):
        at = since + window * (n / templates)
        if n % OF_ONE_PERSON == 0:
            person = lives.citizen(at)
        lives.life(person, at, is_open=is_open)
    sizes = {name: len(rows) for name, rows in lives.rows.items()}
    sizes |= {name: 0 for name in _KEYED if name not in sizes}
    group = Copies(sizes, first[PEOPLE], copies, int(window / timedelta(microseconds=1)))
    for table in (t.name for t in tables.metadata.sorted_tables):
        if lives.rows.get(table):
            await _templates(db, table, lives.rows[table])
            await multiply(db, table, lives.rows[table][0], group)
            await db.run(f"DROP TABLE template_{table}")


_KEYED = tuple(t.name for t in tables.metadata.sorted_tables if "id" in t.primary_key.columns)


async def _templates(db: Bulk, table: str, rows: list[dict[str, Any]]) -> None:
    present = set(await db.columns(table))
    names = [name for name in rows[0] if name in present]
    await db.run(f"CREATE TEMPORARY TABLE template_{table} AS SELECT * FROM {table} WHERE 1 = 0")
    await db.many(f"template_{table}", [{name: row[name] for name in names} for row in rows])


async def _after_last(db: Bulk, table: str) -> int:
    if not await db.columns(table):
        return 1
    found = (await db.rows(f"SELECT max(id) FROM {table}"))[0][0]
    return int(found or 0) + 1


async def _staff(db: Bulk) -> Staff:
    """The people and chats of the town that stands in the database, or new ones."""
    chats = {
        (purpose, block): chat
        for purpose, block, chat in await db.rows("SELECT purpose, block, external_id FROM chats")
    }
    roles = dict(await db.rows("SELECT role, max(person_id) FROM grants GROUP BY role"))
    if not chats or not roles:
        lives = Lives(Random(0), Staff(0, 0, {}, "", ""), dict.fromkeys(_KEYED, 1))
        roles = {"EXE": lives.citizen(NOW), "QC": lives.citizen(NOW)}
        for table in (PEOPLE, "accounts"):
            await _templates(db, table, lives.rows[table])
            one = Copies(dict.fromkeys(_KEYED, 0), 0, 1, 0)
            await multiply(db, table, lives.rows[table][0], one)
            await db.run(f"DROP TABLE template_{table}")
    blocks = dict.fromkeys(block for _topic, block, _words in TOPICS)
    return Staff(
        executor=roles["EXE"],
        checker=roles["QC"],
        chats={b: chats.get(("block", b), f"-100{n}") for n, b in enumerate(blocks, 1)},
        triage=chats.get(("triage", None), "-1008"),
        quality=chats.get(("quality", None), "-1009"),
    )


async def _queues(db: Bulk, appeals: int, now: datetime) -> None:
    """Updates and runs of jobs of the last month: older ones are forgotten."""
    days = min(appeals / A_DAY, KEPT_DAYS)
    real = time.time()
    updates = int(min(appeals, days * A_DAY) * UPDATES_OF_A_LIFE)
    first = int((await db.rows("SELECT coalesce(max(serial), 0) + 1 FROM inbox"))[0][0])
    age = days * 86400
    text = "Пожалуйста, примите меры, это уже не первый раз. " * 3
    payload = '{"update_id": 1, "message": {"message_id": 5, "text": "' + text + '"}}'
    kept = f"CASE WHEN n.k < {updates * (1 - 3 / max(days, 3))} THEN NULL ELSE '{payload}' END"
    at = f"{real - age} + n.k * {age / max(updates, 1)}"
    await db.run(
        "INSERT INTO inbox (serial, channel, bot_id, update_id, chat_key, payload, group_key,"
        " received_at, ready_at, state, attempts, run, error, done_at)"
        f" {db.series.format(0, max(updates - 1, 0))}"
        f" SELECT {first} + n.k, 'telegram', '42', 1000 + n.k,"
        " 'telegram:' || CAST(2000000000 + n.k % 50000 AS TEXT),"
        f" CAST({kept} AS {db.json}), NULL, {at}, {at}, 'done', 0, NULL, NULL, {at} FROM n"
    )
    await _runs(db, days, now)


async def _runs(db: Bulk, days: float, now: datetime) -> None:
    first, minute = await _after_last(db, "job_runs"), 60_000_000
    minutes = int(days * 1440)
    at = f"{to_micros(now) - minutes * minute} + n.k * {minute}"
    for n, job in enumerate(("reminders", "problems", "alarms", "menus")):
        await db.run(
            f"INSERT INTO job_runs (id, job, fired_at, ran_at) {db.series.format(0, minutes - 1)}"
            f" SELECT {first + n} + n.k * 4, '{job}', {at}, {at} FROM n"
        )


async def _days(db: Bulk, appeals: int, now: datetime) -> None:
    measures = [*MEASURES, *(f"t:{topic}" for topic, _block, _words in TOPICS)]
    blocks = dict.fromkeys(block for _topic, block, _words in TOPICS)
    rows = []
    for back in range(1, max(appeals // A_DAY, 1) + 1):
        day = now - timedelta(days=back)
        number = day.year * 10000 + day.month * 100 + day.day
        rows += [
            {"day": number, "block": block, "measure": measure, "value": 40}
            for block in blocks
            for measure in measures
        ]
    await db.many("daily_facts", rows)


async def _numbers(db: Bulk, address: str) -> None:
    """New keys begin after the seeded ones; anchors are named after any of them."""
    last = {name: await _after_last(db, name) for name in _KEYED if await db.columns(name)}
    serial = int((await db.rows("SELECT coalesce(max(serial), 0) + 1 FROM inbox"))[0][0])
    highest = max(*last.values(), serial)
    await db.run("DELETE FROM id_blocks")
    rows = [{"name": name, "next": highest} for name in (*last, "inbox") if name != "appeals"]
    await db.many("id_blocks", [*rows, {"name": "appeals", "next": last["appeals"]}])
    if not address.startswith("sqlite"):
        found = await db.rows("SELECT 1 FROM pg_class WHERE relname = 'row_ids'")
        if found:
            await db.run(f"SELECT setval('row_ids', {(highest // 4096 + 1) * 4096})")


async def _set_clocks(db: Bulk, now: datetime) -> None:
    """What should have been said by now was said; the rest comes over the next ten days."""
    at, span = to_micros(now), int(OPEN_FOR.total_seconds())
    later = f"{at} + (1 + (id * 7919) % {span}) * 1000000"
    said = f"""'[["holder", ' || CAST({later} AS TEXT) || ']]'"""
    await db.run(
        f"UPDATE clocks SET state = CASE WHEN due_at <= {at} THEN 'missed' ELSE state END,"
        f" next_at = {later}, steps = CAST({said} AS {db.json})"
        f" WHERE next_at <= {at} AND stopped_at IS NULL"
    )


def main() -> None:
    """Migrate and seed the database that the command line names."""
    address, appeals = sys.argv[1], int(sys.argv[2])
    share = float(sys.argv[3]) if len(sys.argv) > 3 else 0.03

    async def work() -> None:
        await migrated(address)
        began = time.monotonic()
        await seed(address, appeals, open_share=share)
        print(f"{appeals} appeals in {time.monotonic() - began:.1f} s")

    asyncio.run(work())


if __name__ == "__main__":
    main()
