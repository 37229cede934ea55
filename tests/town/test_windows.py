"""Whole conversations by hand, in a real browser: several windows, a phone's and a desk's width."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Frame, Page, async_playwright, expect

from bot.town.house import House, house

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="issue 4: no chromium on this machine"),
]
REPORT = "На Островского у дома 12 слабый напор воды, кран еле течёт"
ANSWER = "Сегодня слесарь заменил прокладку и осушил подвал, завтра проверит ещё раз. Лариса, ЖКХ."
WIDTHS = {"a phone": (390, 844), "a desk": (1280, 800)}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """The town of `make demo`, with the unchanged hub behind it."""
    async with house(tmp_path_factory.mktemp("town"), None) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's chromium, without a screen."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        await launched.close()


class Windows:
    """One browser window for each of the door's four people."""

    def __init__(self, browser: Browser, url: str, width: int, height: int) -> None:
        self._browser, self._url = browser, url
        self._size = {"width": width, "height": height}
        self.errors: list[str] = []

    async def page(self, path: str, *, scheme: str = "light") -> Page:
        """A window of its own, with its own cookies."""
        context = await self._browser.new_context(
            viewport=self._size, locale="ru-RU", color_scheme=scheme
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.set_default_timeout(15_000)
        await page.goto(self._url + path)
        return page

    async def four(self) -> list[Page]:
        """The citizen's, the executor's, the checker's and the deputy's windows."""
        door = await self.page("/")
        href = await door.get_by_role("link", name="Открыть четыре окна").get_attribute("href")
        people = parse_qs(urlsplit(str(href)).query)["as"]
        await door.goto(f"{self._url}{href}")
        frames = [f for f in door.frames if "/as/" in f.url]
        assert len(frames) == len(people) == 4
        addresses = [f.url.removeprefix(self._url).replace("&framed=1", "") for f in frames]
        await door.close()
        return [await self.page(address) for address in addresses]


def last(page: Page | Frame, words: str | re.Pattern[str]) -> object:
    """The newest message with these words."""
    return page.locator("article.message", has_text=words).last


async def press(page: Page, words: str, button: str) -> None:
    """The newest message with these words that has such a button."""
    key = page.get_by_role("button", name=button, exact=True)
    message = page.locator("article.message", has_text=words).filter(has=key).last
    await message.get_by_role("button", name=button, exact=True).click()


async def say(page: Page, words: str) -> None:
    await page.get_by_label("Сообщение", exact=True).fill(words)
    await page.get_by_role("button", name="Отправить", exact=True).click()


async def sees(page: Page, words: str) -> None:
    await expect(last(page, words)).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_case_is_lived_through_in_four_windows(
    town: House, browser: Browser, width: str
) -> None:
    windows = Windows(browser, town.sandbox.url, *WIDTHS[width])
    citizen, executor, checker, deputy = await windows.four()
    if width == "a phone":
        await citizen.get_by_role("button", name="Начать", exact=True).click()
        await press(citizen, "Нужно ваше согласие", "Даю согласие")
        await sees(citizen, "Что случилось и где?")
    await say(citizen, REPORT if width == "a phone" else "На Ленина у дома 5 нет горячей воды")
    receipt = last(citizen, "Принято, №")
    await expect(receipt).to_be_visible(timeout=20_000)
    number = re.search(r"№ (\d+)", await receipt.inner_text())[1]
    await answer(executor, checker, number)
    await press(citizen, f"Ответ по № {number}", "Не решено")
    await press(citizen, f"Ответ по № {number}", "Сделали плохо")
    await sees(citizen, f"№ {number} вернули в работу")
    await sees(deputy, f"№ {number}")
    await answer(executor, checker, number)
    await press(citizen, f"Ответ по № {number}", "Решено")
    await press(citizen, f"Ответ по № {number}", "5")
    await sees(citizen, "ваша оценка — 5")
    assert not windows.errors


async def answer(executor: Page, checker: Page, number: str) -> None:
    """Take the card, reply to it, let the answer pass."""
    card = rf"№ {number} · "
    await press(executor, card, "Взять")
    await press(executor, card, "Ответить")
    await expect(executor.locator("[data-asked]")).to_contain_text(f"№ {number}")
    await say(executor, ANSWER)
    await sees(executor, f"Ответ на № {number}, ещё не отправлен")
    await press(executor, f"Ответ на № {number}, ещё не", "Отправить")
    await press(checker, f"№ {number} · проверить до", "Пропустить")


async def test_what_was_written_while_the_bot_was_down_is_not_lost(
    town: House, browser: Browser
) -> None:
    windows = Windows(browser, town.sandbox.url, *WIDTHS["a desk"])
    person = town.sandbox.world.add_user("Зинаида")
    page = await windows.page(f"/as/{person['id']}?chat={person['id']}")
    await page.get_by_role("button", name="Начать", exact=True).click()
    await press(page, "Нужно ваше согласие", "Даю согласие")
    await sees(page, "Что случилось и где?")
    door = await windows.page("/")
    await door.get_by_text("Устроить неприятности").click()
    await door.get_by_role("button", name="Убить бота").click()
    await expect(door.get_by_text("бот не работает")).to_be_visible()
    await say(page, REPORT)
    await door.get_by_role("button", name="Запустить бота").click()
    await expect(last(page, "Принято, №")).to_be_visible(timeout=40_000)
    assert await page.locator("article.message", has_text="Принято, №").count() == 1
    assert town.hub.kills == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_serious_stands_in_anybodys_way(
    town: House, browser: Browser, width: str, scheme: str
) -> None:
    """axe-core's rules for people who see, hear or point otherwise."""
    windows = Windows(browser, town.sandbox.url, *WIDTHS[width])
    door = await windows.page("/", scheme=scheme)
    paths = ["/", "/link?start=r_1"]
    for link in await door.locator(".people a, .actions a").all():
        paths.append(str(await link.get_attribute("href")))  # noqa: PERF401
    for path in paths[:6]:
        await door.goto(town.sandbox.url + path)
        found = await Axe().run(door)
        assert found.response["testEngine"]["name"] == "axe-core"
        serious = [
            (v["id"], [n["html"][:120] for n in v["nodes"]])
            for v in found.response["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert not serious, path


async def test_what_was_understood_stands_under_the_words_as_they_are_typed(
    town: House, browser: Browser
) -> None:
    windows = Windows(browser, town.sandbox.url, *WIDTHS["a phone"])
    page = await windows.page("/understood")
    await page.get_by_label("Слова жителя").press_sequentially("Пахнет газом на Ленина 5")
    told = page.locator("#told")
    await expect(told).to_contain_text("экстренное («Пахнет», «газом»)")
    await page.get_by_label("Слова жителя").fill("Возле школы переполнены мусорные баки")
    await expect(told).to_contain_text("«переполнены»")
    person = town.sandbox.world.add_user("Прасковья")
    chat = await windows.page(f"/as/{person['id']}?chat={person['id']}")
    await chat.get_by_role("button", name="Начать", exact=True).click()
    await sees(chat, "Нужно ваше согласие")
    await say(chat, "На Островского у дома 12 яма")
    await sees(chat, "На Островского у дома 12 яма")
    async with chat.expect_popup() as opened:
        await chat.get_by_role("button", name="Как понято это сообщение").last.click()
    await expect((await opened.value).locator("#told")).to_contain_text("Островского, 12")
    assert not windows.errors


async def test_it_is_usable_without_a_mouse(town: House, browser: Browser) -> None:
    windows = Windows(browser, town.sandbox.url, *WIDTHS["a desk"])
    person = town.sandbox.world.add_user("Клавдия")
    page = await windows.page(f"/as/{person['id']}?chat={person['id']}")
    await page.get_by_role("button", name="Начать", exact=True).focus()
    await page.keyboard.press("Enter")
    await expect(last(page, "Нужно ваше согласие")).to_be_visible(timeout=15_000)
    await page.get_by_role("button", name="Даю согласие", exact=True).focus()
    await page.keyboard.press("Space")
    await sees(page, "Что случилось и где?")
    await page.get_by_label("Сообщение", exact=True).focus()
    await page.keyboard.type("Здравствуйте")
    await page.keyboard.press("Enter")
    await sees(page, "Здравствуйте. Что случилось")
    assert not windows.errors
