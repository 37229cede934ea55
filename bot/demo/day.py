"""The scripted day: a working Tuesday of the town and what became of it by Thursday morning."""

from __future__ import annotations

import random
import time
import traceback

from bot.demo import load_appeals
from bot.demo.acts import answering, morning, opening, rating, second_day, taking
from bot.demo.cast import Cast, Casting
from bot.demo.plan import PHOTO, Day, at, expected, give_marks
from bot.demo.score import compare, counted
from bot.demo.stage import Stage

START = at(24, 7, 45)
END = at(26, 8, 30)


def prepare(stage: Stage, cast: Cast, seed: int) -> Day:
    """Invent the people and deal out the parts and marks."""
    rng = random.Random(seed)
    casting = Casting(stage, rng)
    for admin in cast.admins:
        stage.name(admin, f"{admin['first_name']}, администратор")
    cases = casting.citizens(load_appeals())
    give_marks(cases, rng)
    return Day(stage, stage.hub.town, rng, casting, cast, cases)


async def perform(day: Day) -> dict[str, int]:
    """Play the day and count what happened; whatever goes wrong is among the stage's errors."""
    stage, began = day.stage, time.monotonic()
    wanted = expected(day)
    try:
        await opening.open_house(day)
        await play_on(day)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        stage.fail(f"сценарий прерван: {error!r} ({place.filename}:{place.lineno})")
    await stage.rest()
    _photos_arrived(day)
    found = await counted(stage)
    compare(stage, found, wanted)
    stage.transcript.say(f"\nДень сыгран за {time.monotonic() - began:.0f} с.")
    return found | {"errors": len(stage.errors)}


async def play_on(day: Day) -> None:
    """The day itself, in a town where everybody is at his place."""
    await morning.citizens_write(day)
    await taking.route_unsure(day)
    await taking.take_cards(day)
    await answering.answer_emergency(day)
    await taking.ask_and_note(day)
    await answering.answer_critical(day)
    await taking.citizen_replies(day)
    await second_day.remind(day)
    await answering.answer_all(day)
    await rating.rate_first_day(day)
    await second_day.digests(day, 25)
    await second_day.overdue(day)
    await second_day.answer_again(day)
    await second_day.digests(day, 26)


def _photos_arrived(day: Day) -> None:
    """The citizen's photo stands in the block's chat, photos «after» stand under the answers."""
    photo = day.part(PHOTO)
    chats = [(photo, day.cast.chats.get(photo.block))]
    chats += [(case, case.author) for case in day.cases if day.needs_photo(case)]
    for case, chat in chats:
        if chat is None or not day.stage.has_photo(chat):
            day.stage.fail(f"№ {case.number}: фото не дошло")
