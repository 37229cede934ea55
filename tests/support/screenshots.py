"""`make screenshots`: pictures for the README, taken from the running town while it plays its day.

Needs Debian's chromium and a font with the marks (fonts-noto-color-emoji).
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.demo.day import play_on
from bot.demo.plan import PHOTO, Day
from bot.town.house import House, house

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"
PHONE, DESK = (390, 844), (1280, 800)
LONG, WALL = (390, 1300), (900, 2100)
"""For what does not fit one screen: a phone scrolled, a staff chat with several cards."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: when the day has come to this heading, this page in this size."""

    name: str
    heading: str
    path: Callable[[Day], str]
    size: tuple[int, int] = PHONE
    show: str | None = None
    """Words of the message to scroll to; the end of the chat without them."""
    above: int = 0
    """Pixels to leave above it."""
    waits_for: str | None = None
    """Words that wait in the checkers' chat: the picture is taken while they stand there."""


def _at(user: dict[str, object], chat: dict[str, object] | None = None) -> str:
    return f"/as/{user['id']}?chat={(chat or user)['id']}"


SHOTS = (
    Shot(
        "triage",
        "аварию принимают",
        lambda day: _at(day.cast.duty, day.cast.chats["TRIAGE"]),
        show="· куда?",
    ),
    Shot(
        "staff",
        "дежурная смена разбирает неясное",
        lambda day: _at(day.cast.executors["HCS"][0], day.cast.chats["HCS"]),
        WALL,
        show="🚨",
        above=420,
    ),
    Shot(
        "quality",
        "исполнители отвечают",
        lambda day: _at(day.cast.checkers[0], day.cast.chats["QUALITY"]),
        show="Отметьте, что есть",
        waits_for="Отметьте, что есть",
    ),
    Shot(
        "citizen",
        "жители оценивают ответы",
        lambda day: _at(day.part(PHOTO).author),
        LONG,
        show="Поняли так",
    ),
    Shot(
        "digest",
        "утренние сводки",
        lambda day: _at(day.cast.deputies["HCS"]),
        (390, 1900),
        show="Сводка ·",
    ),
)


async def main() -> int:
    """Play the day and take every picture; 1 when one could not be taken."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("chromium is not installed", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder), None) as town, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox"]
            )
            await _take(browser, town, Shot("town", "", lambda _day: "/", DESK))
            missed = await _during_the_day(browser, town)
            await browser.close()
            for error in town.day.stage.errors:
                print(error, file=sys.stderr)
    for shot in missed:
        print(f"the day never came to «{shot.heading}»: {shot.name}", file=sys.stderr)
    return 1 if missed else 0


async def _during_the_day(browser: Browser, town: House) -> list[Shot]:
    """Before the town's time moves on, the pictures of what the part has come to."""
    stage, left = town.day.stage, list(SHOTS)
    move, beat = stage.move, stage.beat

    async def picture_and_beat() -> None:
        await beat()
        checkers = town.day.cast.chats.get("QUALITY", {"id": 0})["id"]
        for shot in [s for s in left if s.waits_for and s.heading in stage.transcript.now]:
            if town.sandbox.world.find(checkers, str(shot.waits_for)):
                await _take(browser, town, shot)
                left.remove(shot)

    async def picture_and_move(moment: datetime, heading: str) -> None:
        for shot in [s for s in left if not s.waits_for and s.heading in stage.transcript.now]:
            await _take(browser, town, shot)
            left.remove(shot)
        await move(moment, heading)

    stage.move, stage.beat = picture_and_move, picture_and_beat  # type: ignore[method-assign]
    town.sandbox.clock.run(0)
    await play_on(town.day)
    return left


async def _take(browser: Browser, town: House, shot: Shot) -> None:
    width, height = shot.size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if width == PHONE[0] else 1,
        locale="ru-RU",
    )
    page = await context.new_page()
    await page.goto(town.sandbox.url + shot.path(town.day))
    if shot.show is not None:
        own_words = page.locator(".words", has_text=shot.show)
        message = page.locator("article.message").filter(has=own_words).last
        await message.evaluate("element => element.scrollIntoView({behavior: 'instant'})")
        rise = "(list, above) => { list.scrollTop -= above }"
        await page.locator("#messages").evaluate(rise, shot.above)
    await page.wait_for_timeout(700)
    await page.screenshot(path=FOLDER / f"{shot.name}.png")
    await context.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
