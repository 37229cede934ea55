"""The training room's pages: a first name and nothing else, the coach's words, strict as all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from bot.municipality import parse_municipality, read_document
from bot.sandbox.clock import TownClock
from bot.sandbox.rooms import Chat, User
from bot.sandbox.server import Sandbox
from bot.town.acts import Acts
from bot.town.day import DayPlay
from bot.town.files import Files
from bot.town.pages import Pages
from bot.town.reading import Reading
from bot.town.requests import GUARD
from bot.town.strips import Strips
from bot.town.training.pages import TrainingPages
from bot.town.training.play import Play, Stage
from bot.town.training.results import Results
from bot.town.training.room import Room
from services.hints import Hint
from services.training import CHECKS, Check, Deed, Facts, Lesson, Mark, Verdict
from tests.town.conftest import MONDAY, NoHub

TOWN = parse_municipality(read_document(None), "default")
ANNA = f"/train/{quote('Анна')}"


class Quiet(Room):
    """Nobody stands behind the bot: whoever comes is simply let in, lessons don't play."""

    def __init__(self, results: Results, sandbox: Sandbox) -> None:
        super().__init__(results)
        self.sandbox = sandbox
        self.group = sandbox.world.add_group("ЖКХ", members=[])
        self.begun: list[tuple[str, Lesson]] = []

    @property
    def chat(self) -> Chat:
        return self.group

    async def _let_in(self, name: str) -> User:
        guest = self.sandbox.world.add_user(name)
        self.sandbox.world.add_member(self.group["id"], guest)
        return guest

    def begin(self, name: str, lesson: Lesson) -> Play:
        self.begun.append((name, lesson))
        learner = self.learner(name)
        actors: Any = SimpleNamespace(world=self.sandbox.world, clock=self.sandbox.clock)
        beside: Any = SimpleNamespace(town=TOWN)
        cast: Any = None
        learner.play = Play(
            lesson, learner.user, actors, beside, cast, "HCS", lambda: "", lambda _play: None
        )
        learner.play.changed()
        return learner.play


@dataclass
class Served:
    """The room's pages and a browser's hands."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    room: Quiet
    results: Results

    async def get(self, path: str, language: str = "ru") -> tuple[int, str]:
        headers = {"Accept-Language": language}
        async with self.http.get(self.sandbox.url + path, headers=headers) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, body: Any) -> tuple[int, Any]:
        headers = {GUARD: "1"}
        url = self.sandbox.url + path
        async with self.http.post(url, json=body, headers=headers) as answer:
            return answer.status, await answer.json()

    def stand(self, lesson: Lesson, stage: Stage, verdict: Verdict) -> None:
        """Anna's lesson stands so."""
        play = self.room.begin("Анна", lesson)
        play.numbers.append(7)
        play.stage, play.verdict = stage, verdict
        play.facts = Facts(now=MONDAY, react_by=MONDAY)


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    sandbox = Sandbox(clock=TownClock(MONDAY))
    results = Results(tmp_path / "t.json", "Геленджик", today=lambda: date(2026, 11, 24))
    room = Quiet(results, sandbox)
    register: Any = SimpleNamespace(ready=True, first=list, everybody=list)
    begin = MONDAY.replace(day=24)
    day = DayPlay(sandbox.clock, begin, begin.replace(day=26), sandbox.world.town.changed.fire)
    strips = Strips(sandbox.world, TOWN.calendar, NoHub(), day)
    reading = Reading()
    pages = Pages(sandbox.world, reading, strips, register=register, training=True)
    training = TrainingPages(pages, room)
    acts = Acts(sandbox.world, reading)
    served = Files(sandbox.world.town)
    await sandbox.start(
        pages=[*pages.routes(), *served.routes(), *acts.routes(), *training.routes()]
    )
    async with aiohttp.ClientSession() as http:
        try:
            yield Served(sandbox, http, room, results)
        finally:
            await sandbox.stop()


async def test_whoever_comes_says_a_first_name_and_nothing_else(served: Served) -> None:
    status, answer = await served.post("/train", {"name": " анна "})
    assert (status, answer) == (200, {"go": ANNA})
    await served.post("/train", {"name": "Анна"})
    assert len(served.sandbox.world.town.users) == 1, "she just goes on"
    for name in ("Анна Петрова", "+7 918 123-45-67", "", "<b>"):
        status, answer = await served.post("/train", {"name": name})
        assert status == 409
        assert "Только имя" in answer["error"]
    status, _answer = await served.post("/train", {})
    assert status == 409


async def test_the_door_lists_who_has_learned_and_the_town_leads_here(served: Served) -> None:
    served.results.keep("Пётр", Lesson.TAKE, Verdict((Check("taken", Mark.GOOD),), over=True))
    status, page = await served.get("/train")
    assert status == 200
    assert 'data-enter="Пётр"' in page
    assert "1 из 6" in page
    assert "в рейтинг ничего отсюда не идёт" in page
    _status, door = await served.get("/")
    assert 'href="/train"' in door


async def test_an_address_of_an_older_town_asks_to_come_in_again(served: Served) -> None:
    status, page = await served.get(ANNA)
    assert status == 200
    assert 'value="Анна"' in page
    async with served.http.get(f"{served.sandbox.url}{ANNA}/events") as answer:
        assert answer.status == 404


async def test_the_coach_beside_the_unchanged_messenger(served: Served) -> None:
    await served.post("/train", {"name": "Анна"})
    status, page = await served.get(ANNA)
    assert status == 200
    user = served.room.learner("Анна").user["id"]
    window = f"/as/{user}?chat={served.room.group['id']}&framed=1"
    assert f'src="{window}"' in page
    assert 'data-lesson="take">Начать' in page
    status, _page = await served.get(window)
    assert status == 200


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("lesson", list(Lesson))
async def test_every_lesson_has_its_words(served: Served, lesson: Lesson, language: str) -> None:
    await served.post("/train", {"name": "Анна"})
    for mark in Mark:
        checks = tuple(Check(code, mark) for code in CHECKS[lesson])
        over = mark is not Mark.WAITING
        verdict = Verdict(checks, over=over)
        served.stand(lesson, Stage.OVER if over else Stage.GOING, verdict)
        status, page = await served.get(f"{ANNA}?lang={language}")
        assert status == 200
        assert f'<li class="{mark}">' in page
        assert page.count('<li class="') == len(checks)
    status, page = await served.get(ANNA, language)
    assert {"ru": "Что можно лучше", "en": "What could be better"}[language] in page


async def test_results_and_their_remarks_stand_beside_the_lessons(served: Served) -> None:
    await served.post("/train", {"name": "Анна"})
    checks = (Check("taken", Mark.GOOD), Check("in_time", Mark.BETTER))
    served.results.keep("Анна", Lesson.TAKE, Verdict(checks, over=True))
    _status, page = await served.get(ANNA)
    assert "1 из 2, 24.11" in page
    assert "1 замечание" in page
    assert "<li>Срок вышел: сначала возьмите карточку, ответ подождёт</li>" in page
    assert 'data-lesson="ask">Начать' in page, "what is not done yet comes next"


async def test_a_case_in_other_hands_is_begun_anew(served: Served) -> None:
    await served.post("/train", {"name": "Анна"})
    served.stand(Lesson.TAKE, Stage.GOING, Verdict((Check("taken", Mark.WAITING),), over=False))
    play = served.room.learner("Анна").play
    assert play is not None
    _status, page = await served.get(ANNA)
    assert "Ещё раз" not in page
    play.facts = Facts(now=MONDAY, deeds=(Deed("take", mine=False, at=MONDAY),))
    _status, page = await served.get(ANNA)
    assert "теперь у другого" in page
    assert "Ещё раз" in page


async def test_words_of_the_learner_are_words(served: Served) -> None:
    await served.post("/train", {"name": "Анна"})
    hint = Hint("E02", "no_date", words="<script>alert(1)</script>")
    verdict = Verdict((Check("date", Mark.BETTER, (hint,)),), over=True)
    served.stand(Lesson.ANSWER, Stage.OVER, verdict)
    _status, page = await served.get(ANNA)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_a_strict_policy_and_no_code_in_the_pages(served: Served) -> None:
    await served.post("/train", {"name": "Анна"})
    for path in ("/train", ANNA):
        async with served.http.get(served.sandbox.url + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            page = await answer.text()
        assert page.count("<script") == 1
        assert "onclick" not in page
        assert "style=" not in page


async def test_foreign_pages_cannot_act(served: Served) -> None:
    await served.post("/train", {"name": "Анна"})
    for path in ("/train", f"{ANNA}/begin"):
        async with served.http.post(served.sandbox.url + path, json={"name": "Олег"}) as answer:
            assert answer.status == 403
    assert served.room.names() == ["Анна"]


async def test_a_lesson_is_begun_and_followed(served: Served) -> None:
    await served.post("/train", {"name": "Анна"})
    async with served.http.get(f"{served.sandbox.url}{ANNA}/events") as stream:
        first = (await stream.content.readline()).decode()
        assert "Начнём" in first
        status, _answer = await served.post(f"{ANNA}/begin", {"lesson": "ask"})
        assert status == 200
        async for line in stream.content:
            if b"data: " in line:
                assert "2 из 6. Спросить жителя" in line.decode()
                assert "Житель пишет" in line.decode()
                break
    assert served.room.begun == [("Анна", Lesson.ASK)]
    status, _answer = await served.post(f"{ANNA}/begin", {"lesson": "fly"})
    assert status == 409
    status, _answer = await served.post(f"/train/{quote('Олег')}/begin", {"lesson": "ask"})
    assert status == 409
