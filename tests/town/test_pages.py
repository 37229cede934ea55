"""The pages: strict about what is code, kind about what is wrong, alike in every window."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime

import aiohttp
import pytest

from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.sandbox.errors import ApiError
from tests.town.conftest import MONDAY, NoHub, Open


async def test_a_strict_policy_and_no_code_in_the_pages(opened: Open) -> None:
    for path in ("/", f"/as/{opened.maria['id']}", "/windows", "/link?start=r_1"):
        async with opened.http.get(opened.sandbox.url + path) as answer:
            assert answer.status == 200, path
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            page = await answer.text()
        assert page.count("<script") == 1
        assert "onclick" not in page
        assert "style=" not in page


async def test_words_of_people_are_words(opened: Open) -> None:
    maria = opened.maria
    evil = "<img src=x onerror=alert(1)> </div><script>alert(2)</script> \"'"
    opened.sandbox.world.say(maria, evil)
    _status, page = await opened.get(f"/as/{maria['id']}?chat={maria['id']}")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_both_languages(opened: Open, language: str) -> None:
    _status, page = await opened.get("/", language)
    assert f'<html lang="{language}">' in page
    assert {"ru": "Открыть четыре окна", "en": "Open four windows"}[language] in page


@pytest.mark.parametrize(
    "path",
    [
        "/as/5",
        "/as/x",
        "/as/1001?chat=x",
        "/windows?as=9",
        "/link",
        "/static/none.js",
        "/static/..%2Fpages.py",
    ],
)
async def test_what_is_not_there_is_said(opened: Open, path: str) -> None:
    status, _page = await opened.get(path)
    assert status == 404


async def test_nobody_looks_into_a_chat_that_is_not_his(opened: Open) -> None:
    status, _page = await opened.get(f"/as/{opened.maria['id']}?chat={opened.group['id']}")
    assert status == 404
    act = {"chat": opened.group["id"], "text": "пустите"}
    status, answer = await opened.post(f"/as/{opened.maria['id']}/say", act)
    assert status == 409
    assert "isn't in chat" in answer["error"]


async def test_foreign_pages_cannot_act(opened: Open) -> None:
    url = f"{opened.sandbox.url}/as/{opened.maria['id']}/start"
    async with opened.http.post(url, json={}) as answer:
        assert answer.status == 403
    async with opened.http.post(f"{opened.sandbox.url}/town/time", json={"speed": 0}) as answer:
        assert answer.status == 403
    assert not opened.sandbox.world.messages(opened.maria["id"])


async def test_writing_replying_editing(opened: Open) -> None:
    world, ivan, group = opened.sandbox.world, opened.ivan, opened.group["id"]
    base = f"/as/{ivan['id']}"
    await opened.post(f"{base}/say", {"chat": group, "text": "первое"})
    first = world.last(group)["message_id"]
    await opened.post(f"{base}/say", {"chat": group, "text": "второе", "reply_to": first})
    assert world.last(group)["reply_to_message"]["message_id"] == first
    await opened.post(f"{base}/edit", {"chat": group, "message": first, "text": "поправил"})
    assert world.messages(group)[0]["text"] == "поправил"
    status, answer = await opened.post(f"{base}/say", {"chat": group, "text": "   "})
    assert status == 409
    assert answer["error"]


@pytest.mark.parametrize("what", ["photo", "album", "voice", "contact", "location"])
async def test_samples_to_send(opened: Open, what: str) -> None:
    maria = opened.maria["id"]
    body = {"chat": maria, "what": what, "place": "Кабардинка"}
    status, _answer = await opened.post(f"/as/{maria}/send", body)
    assert status == 200
    kind = {"album": "photo"}.get(what, what)
    said = opened.sandbox.world.messages(maria)
    assert len(said) == (3 if what == "album" else 1)
    assert all(kind in m for m in said)


async def test_own_files_and_what_is_shown_of_them(opened: Open) -> None:
    maria = opened.maria["id"]
    form = aiohttp.FormData({"chat": str(maria), "caption": "вот"})
    form.add_field("file", b"\x89PNG", filename="a.png", content_type="image/png")
    form.add_field("file", b"<script>", filename="b.html", content_type="text/html")
    status, _answer = await opened.post(f"/as/{maria}/upload", form)
    assert status == 200
    photo, document = opened.sandbox.world.messages(maria)
    assert photo["caption"] == "вот"
    url = f"{opened.sandbox.url}/files/{document['document']['file_id']}"
    async with opened.http.get(url) as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.content_type == "application/octet-stream"


async def test_a_window_hears_what_changes(opened: Open) -> None:
    world, maria = opened.sandbox.world, opened.maria
    world.start(maria)
    stream = opened.events(f"/as/{maria['id']}/events?chat={maria['id']}")
    first = await anext(stream)
    assert {p["id"] for p in first["parts"]} == {"chats", "state", "m-1", "offers"}
    assert datetime.fromisoformat(first["now"]) == MONDAY
    world.say(maria, "привет")
    second = await anext(stream)
    assert {p["id"] for p in second["parts"]} == {"chats", "m-2"}
    assert "привет" in next(p["html"] for p in second["parts"] if p["id"] == "m-2")
    world.delete(maria["id"], 2)
    third = await anext(stream)
    assert {"id": "m-2", "html": None, "within": None} in third["parts"]
    await stream.aclose()


async def test_unread_is_counted_once_for_all_windows_of_a_person(opened: Open) -> None:
    world, ivan, group = opened.sandbox.world, opened.ivan, opened.group["id"]
    olga = world.add_user("Ольга")
    world.add_member(group, olga)
    for n in range(3):
        world.say(olga, f"слово {n}", chat=group)
    _status, page = await opened.get(f"/as/{ivan['id']}")
    assert '<span class="unread" title="не прочитано">3' in page
    await opened.post(f"/as/{ivan['id']}/read", {"chat": group, "upto": 2})
    _status, page = await opened.get(f"/as/{ivan['id']}")
    assert '<span class="unread" title="не прочитано">1' in page


async def test_the_strip_moves_the_towns_time(opened: Open) -> None:
    clock = opened.sandbox.clock
    await opened.post("/town/time", {"step": "15m"})
    await opened.post("/town/time", {"step": "1h"})
    assert f"{clock.now():%d %H:%M}" == "23 11:15"
    await opened.post("/town/time", {"step": "morning"})
    assert f"{clock.now():%d %H:%M}" == "24 08:30"
    for _day in range(4):
        await opened.post("/town/time", {"step": "morning"})
    assert f"{clock.now():%d %H:%M}" == "30 08:30", "a weekend is no morning"
    await opened.post("/town/time", {"speed": 60})
    assert clock.describe()["speed"] == 60
    await opened.post("/town/time", {"speed": 0})
    assert not clock.running
    status, answer = await opened.post("/town/time", {"speed": -1})
    assert status == 409
    assert "speed" in answer["error"]


@pytest.mark.parametrize("what", ["drop_before", "drop_after", "fail_500", "fail_429"])
async def test_trouble_on_order(opened: Open, what: str) -> None:
    trouble = opened.sandbox.world.trouble
    await opened.post("/town/trouble", {"what": what})
    assert trouble.ordered == 5
    fault = trouble.take("sendMessage", acting=True)
    assert fault is not None
    assert isinstance(fault.error, ApiError) == what.startswith("fail")
    assert trouble.take("getMe") is None, "only what sends or edits goes wrong"


async def test_the_hub_is_killed_and_started(opened: Open) -> None:
    await opened.post("/town/trouble", {"what": "kill"})
    _status, page = await opened.get("/")
    assert "бот не работает" in page
    await opened.post("/town/trouble", {"what": "restart"})
    _status, page = await opened.get("/")
    assert "бот не работает" not in page
    status, answer = await opened.post("/town/trouble", {"what": "earthquake"})
    assert status == 409
    assert "earthquake" in answer["error"]


async def test_a_link_is_opened_by_whom_one_likes(opened: Open) -> None:
    _status, page = await opened.get("/link?start=r_abc")
    assert 'data-start="r_abc"' in page
    await opened.post(f"/as/{opened.ivan['id']}/start", {"param": "r_abc"})
    assert opened.sandbox.world.last(opened.ivan["id"])["text"] == "/start r_abc"
    _status, page = await opened.get(f"/as/{opened.ivan['id']}?chat={opened.ivan['id']}")
    assert "/start" in page
    assert "r_abc" not in page, "the secret of a link is not for everybody who looks"
    status, answer = await opened.post(f"/as/{opened.ivan['id']}/start", {"param": "не то"})
    assert status == 409
    assert "start parameter" in answer["error"]


async def test_the_day_is_played_once_and_shows_how_far_it_is(opened: Open) -> None:
    clock, going = opened.sandbox.clock, asyncio.Event()
    stage = Stage(opened.sandbox, NoHub(), Transcript(io.StringIO()))

    async def play() -> None:
        clock.set(MONDAY.replace(day=24, hour=19, minute=52))
        stage.transcript.heading(clock.now(), "жители оценивают ответы")
        await going.wait()

    _status, page = await opened.get("/")
    assert "data-day" not in page, "nobody is at his place yet"
    opened.day.ready(stage, play)
    stream = opened.events("/events")
    await anext(stream)
    status, _answer = await opened.post("/town/day", {})
    assert status == 200
    while "жители оценивают ответы" not in str(shown := await anext(stream)):
        pass
    assert 'value="25"' in str(shown)
    status, answer = await opened.post("/town/time", {"step": "1h"})
    assert status == 409
    assert answer["error"]
    going.set()
    while "День прошёл" not in str(await anext(stream)):
        pass
    status, _answer = await opened.post("/town/day", {})
    assert status == 409
    await stream.aclose()


async def test_a_day_that_has_gone_by_is_not_played(opened: Open) -> None:
    stage = Stage(opened.sandbox, NoHub(), Transcript(io.StringIO()))
    opened.day.ready(stage, lambda: asyncio.sleep(0))
    opened.sandbox.clock.set(MONDAY.replace(day=24, hour=9))
    _status, page = await opened.get("/")
    assert "уже прошёл" in page


async def test_trouble_in_a_group(opened: Open) -> None:
    world, ivan = opened.sandbox.world, opened.ivan
    basic = world.add_group("Транспорт", members=[ivan], supergroup=False)["id"]
    forum = world.add_group("Дороги", members=[ivan], forum=True)["id"]
    thread = world.add_topic(forum, "Карточки")
    window = f"/as/{ivan['id']}?chat={basic}"
    _status, page = await opened.get(window)
    assert 'data-trouble="upgrade"' in page
    await opened.post("/town/trouble", {"what": "deny", "chat": basic})
    assert world.town.rooms[basic].bot_status == "restricted"
    await opened.post("/town/trouble", {"what": "allow", "chat": basic})
    assert world.town.rooms[basic].bot_status == "administrator"
    await opened.post("/town/trouble", {"what": "upgrade", "chat": basic})
    moved = world.town.rooms[basic].moved_to
    assert moved is not None
    _status, page = await opened.get(f"/as/{ivan['id']}")
    assert f"chat={moved}" in page
    assert f"chat={basic}" not in page
    _status, page = await opened.get(f"/as/{ivan['id']}?chat={forum}&thread={thread}")
    assert 'data-trouble="delete_topic"' in page
    body = {"what": "delete_topic", "chat": forum, "thread": thread}
    await opened.post("/town/trouble", body)
    assert thread not in world.town.rooms[forum].topics
    status, _answer = await opened.post("/town/trouble", body)
    assert status == 409


async def test_a_citizen_stops_the_bot_and_lets_it_write_again(opened: Open) -> None:
    maria = opened.maria["id"]
    opened.sandbox.world.start(opened.maria)
    await opened.post(f"/as/{maria}/block", {})
    _status, page = await opened.get(f"/as/{maria}?chat={maria}")
    assert "Вы остановили бота" in page
    await opened.post(f"/as/{maria}/unblock", {})
    _status, page = await opened.get(f"/as/{maria}?chat={maria}")
    assert "Вы остановили бота" not in page
