"""Before work: the administrators let the staff in and bind the chats; deputies come later."""

from __future__ import annotations

from bot.demo.cast import TWO_EXECUTORS
from bot.demo.plan import Day, at


async def open_house(day: Day) -> None:
    """Administrators, invitations, links, groups."""
    stage, casting, cast = day.stage, day.casting, day.cast
    stage.transcript.heading(stage.now, "администраторы готовят бота")
    for admin in cast.admins:
        stage.start(admin, None, "открывает бота", stage.sees(admin, "согласие"))
    await stage.beat()
    _hire(day)
    _invite(day)
    await stage.beat()
    casting.hand_out(cast)
    for code in day.town.blocks:
        for executor in cast.executors[code]:
            casting.enter(cast, executor)
    for guest in (*cast.checkers, cast.duty):
        casting.enter(cast, guest)
    _bind(day)
    await stage.beat()


def _hire(day: Day) -> None:
    casting, cast = day.casting, day.cast
    for code, block in day.town.blocks.items():
        count = 2 if code == TWO_EXECUTORS else 1
        cast.executors[code] = [casting.person(f"«{block.name}»") for _ in range(count)]
        cast.deputies[code] = casting.person(f"замглавы («{block.name}»)")
    cast.checkers = [casting.person("контролёр") for _ in range(2)]
    cast.duty = casting.person("дежурная смена")


def _invite(day: Day) -> None:
    casting, cast = day.casting, day.cast
    for code in day.town.blocks:
        for executor in cast.executors[code]:
            casting.invite(cast, executor, "EXE", code)
    for checker in cast.checkers:
        casting.invite(cast, checker, "QC")
    casting.invite(cast, cast.duty, "DUT")
    for code, deputy in cast.deputies.items():
        casting.invite(cast, deputy, "BLK", code)


def _bind(day: Day) -> None:
    casting, cast = day.casting, day.cast
    casting.group(cast, "TRIAGE", "Дежурная смена", [cast.duty])
    casting.group(cast, "QUALITY", "Качество ответов", cast.checkers)
    for code, block in day.town.blocks.items():
        casting.group(cast, code, block.name, cast.executors[code])


async def welcome_deputies(day: Day) -> None:
    """The deputies come to work and press their links: digests from tomorrow on."""
    await day.stage.move(at(24, 8, 55), "приходят заместители главы")
    for deputy in day.cast.deputies.values():
        if deputy["id"] in day.cast.links:
            day.casting.enter(day.cast, deputy)
    await day.stage.beat()
