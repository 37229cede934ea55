"""A learner goes through all six lessons by hand, in a real browser."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, FrameLocator, Page, async_playwright, expect

from bot.town.house import house
from bot.town.training.results import Results
from services.training import Lesson
from tests.town.test_windows import WIDTHS, Windows

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="issue 4: no chromium on this machine"),
]
PATIENCE = 60_000
POOR = "Меры приняты, устраним в ближайшее время."
CLEARED = (
    "23 ноября бригада прочистила канализацию у дома 5 и вымыла тротуар. Если снова забьётся, "
    "напишите сюда."
)
GAS = (
    "23 ноября газовая служба перекрыла вентиль и заменила кран, воздух проверили. Если запах "
    "вернётся, звоните 104."
)
PUMP = (
    "23 ноября слесари заменили насос, напор в домах проверили: норма. Если снова ослабнет, "
    "напишите сюда."
)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Any]:
    """The town of `train`, with the unchanged hub behind it, and the file of results."""
    path: Path = tmp_path_factory.mktemp("results") / "training.json"
    results = Results(path, "Геленджик", today=lambda: date(2026, 11, 24))
    async with house(tmp_path_factory.mktemp("town"), None, results=results) as opened:
        yield SimpleNamespace(url=opened.sandbox.url, path=path)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's chromium, without a screen."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        await launched.close()


class Hands:
    """A learner at his desk: the coach's pane and the messenger."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.coach = page.locator(".coach")
        self.window: FrameLocator = page.frame_locator("iframe")

    async def come_in(self, name: str) -> None:
        await self.page.get_by_label("Имя", exact=True).fill(name)
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_url("**/train/*", timeout=PATIENCE)

    async def number(self, title: str) -> str:
        """The lesson is open; the number of its case."""
        await expect(self.coach.get_by_role("heading", name=title)).to_be_visible()
        await expect(self.coach.get_by_role("heading", name="Что сделать")).to_be_visible(
            timeout=PATIENCE
        )
        task, named = self.page.locator("#task"), re.compile(r"№\s(\d+)")
        # The task is drawn anew as the lesson goes on: read until its number stands there.
        async with asyncio.timeout(PATIENCE / 1000):
            while (found := named.search(await task.inner_text())) is None:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return found[1]

    async def press(self, words: str, button: str) -> None:
        """The newest message with these words that has such a button."""
        key = self.window.get_by_role("button", name=button, exact=True)
        message = self.window.locator("article.message", has_text=words).filter(has=key).last
        await message.get_by_role("button", name=button, exact=True).click(timeout=PATIENCE)

    async def reply(self, asked: str, words: str, *, photo: bool = False) -> None:
        """Answer the message that asks, with a photo or not."""
        await expect(self.window.locator("[data-asked]")).to_contain_text(asked, timeout=PATIENCE)
        await self.window.get_by_label("Сообщение", exact=True).fill(words)
        if photo:
            await self.window.locator("#attach summary").click()
            await self.window.get_by_role("button", name="Фото", exact=True).click()
        else:
            await self.window.get_by_role("button", name="Отправить", exact=True).click()

    async def answer(self, number: str, words: str, send: str, *, photo: bool = False) -> None:
        """«Ответить», the words, then the button under the preview."""
        await self.press(f"№ {number} · ", "Ответить")
        await self.reply(f"№ {number}", words, photo=photo)
        await self.press(f"Ответ на № {number}, ещё не", send)

    async def over(self, summary: str) -> None:
        await expect(self.coach.locator(".summary")).to_have_text(summary, timeout=PATIENCE)

    async def next(self) -> None:
        await self.coach.get_by_role("button", name="Дальше", exact=True).click()


async def test_all_six_lessons(town: Any, browser: Browser) -> None:
    windows = Windows(browser, town.url, *WIDTHS["a desk"])
    me = Hands(await windows.page("/train"))
    await me.come_in("анна")
    await me.coach.get_by_role("button", name="Начать", exact=True).click()

    number = await me.number("1 из 6. Взять карточку")
    await me.press(f"№ {number} · ", "Взять")
    await me.over("Всё получилось.")
    await me.next()

    number = await me.number("2 из 6. Спросить жителя")
    await me.press(f"№ {number} · ", "Взять")
    await me.press(f"№ {number} · ", "Уточнить")
    await me.press("что уточнить", "Точный адрес")
    await me.over("Всё получилось.")
    await me.next()

    number = await me.number("3 из 6. Ответить по делу")
    await me.press(f"№ {number} · ", "Взять")
    await me.answer(number, POOR, "Как разъяснение")
    await expect(me.coach).to_contain_text("Нет дня: когда сделали или сделаете?")
    await expect(me.window.locator("#messages")).to_contain_text(
        f"Вернули № {number}", timeout=PATIENCE
    )
    await me.answer(number, CLEARED, "Отправить", photo=True)
    await me.over("Получилось 3 из 7.")
    await me.coach.get_by_role("button", name="Ещё раз", exact=True).click()
    number = await me.number("3 из 6. Ответить по делу")
    await me.press(f"№ {number} · ", "Взять")
    await me.answer(number, CLEARED, "Отправить", photo=True)
    await me.over("Всё получилось.")
    await me.next()

    number = await me.number("4 из 6. Вернуть чужое")
    await me.press(f"№ {number} · ", "Не наше")
    await me.press("что случилось", "Не наш вопрос")
    await me.press("чьё это", "Дороги")
    await me.reply("почему", "Это яма на дороге, трубы ни при чём")
    await me.over("Всё получилось.")
    await me.next()

    number = await me.number("5 из 6. Принять аварию")
    await me.press(f"№ {number} · ", "Принял")
    await expect(me.coach).to_contain_text("газовики перекрыли вентиль", timeout=PATIENCE)
    await me.answer(number, GAS, "Отправить")
    await me.over("Всё получилось.")
    await me.next()

    number = await me.number("6 из 6. Ответить всем сразу")
    await me.press(f"№ {number} · ", "Взять")
    await me.press(f"№ {number} · ", "Новости всем")
    await me.reply("новость", "Насос заменят сегодня к 18:00")
    await expect(me.coach).to_contain_text("насос заменили", timeout=PATIENCE)
    await me.press(f"№ {number} · ", "Ответить всем")
    await me.reply(f"№ {number}", PUMP)
    await me.press(f"Ответ на № {number}, ещё не", "Отправить")
    await me.over("Всё получилось.")
    await expect(me.coach).to_contain_text("Все шесть пройдены")

    kept = Results(town.path, "Геленджик", today=date.today).of("Анна")
    assert list(kept) == list(Lesson)
    assert all(result.full for result in kept.values())
    assert not windows.errors


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_serious_stands_in_a_learners_way(
    town: Any, browser: Browser, width: str, scheme: str
) -> None:
    windows = Windows(browser, town.url, *WIDTHS[width])
    page = await windows.page("/train", scheme=scheme)
    await serious_ones(page)
    me = Hands(page)
    await me.come_in("Вера")
    begin = me.coach.locator("[data-lesson=take]").last
    await begin.focus()
    await page.keyboard.press("Enter")
    await me.number("1 из 6. Взять карточку")
    await serious_ones(page)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await page.evaluate(wide)
    assert not windows.errors


async def serious_ones(page: Page) -> None:
    found = await Axe().run(page)
    serious = [
        (v["id"], [n["html"][:120] for n in v["nodes"]])
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert not serious
