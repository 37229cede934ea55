"""The page that shows how words are understood: as the town's hub reads them, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.models import Models
from tests.support.taught import put_model
from tests.town.conftest import Open

PIT = "У дома 5 по улице Ленина яма, пробили колесо, телефон 8 918 123-45-67"
ADDRESS = "/understood?as={user}&chat={chat}&message={message}"


async def told(town: Open, text: str, language: str = "ru") -> str:
    status, answer = await town.post("/understood", {"text": text}, **{"Accept-Language": language})
    assert status == 200
    return str(answer["html"])


async def test_what_is_typed_is_read_with_its_reasons(opened: Open) -> None:
    said = await told(opened, PIT)
    assert "<dt>Похоже на</dt>" in said
    assert "«яма», «пробили», «колесо»" in said
    assert "уйдёт без человека" in said
    assert "Ленина, 5" in said
    assert "[телефон]" in said
    assert "918" not in said.replace("<dd>", "")
    assert "<dd>cold</dd>" in said


async def test_two_problems_of_one_text_are_told_apart(opened: Open) -> None:
    said = await told(
        opened, "На Ленина 5 яма, пробили колесо. А ещё во дворе переполнены мусорные баки."
    )
    assert "<dt>Две проблемы</dt>" in said
    assert "переполнены мусорные баки.»" in said


async def test_both_languages(opened: Open) -> None:
    assert "<dt>Told by</dt>" in await told(opened, PIT, "en")
    _status, page = await opened.get("/understood", "en")
    assert "How words are understood" in page
    assert "Nothing is written yet." in page


async def test_a_message_of_ones_own_is_read(opened: Open) -> None:
    maria = opened.maria["id"]
    number = opened.sandbox.world.say(opened.maria, PIT)["message_id"]
    status, page = await opened.get(ADDRESS.format(user=maria, chat=maria, message=number))
    assert status == 200
    assert "пробили колесо, телефон" in page
    assert "<dt>Место</dt>" in page


@pytest.mark.parametrize(
    ("user", "message"), [("ivan", None), ("maria", 900), ("maria", "x"), ("nobody", None)]
)
async def test_nobody_reads_what_he_does_not_see(
    opened: Open, user: str, message: int | str | None
) -> None:
    maria = opened.maria["id"]
    number = opened.sandbox.world.say(opened.maria, PIT)["message_id"]
    who = {"maria": maria, "ivan": opened.ivan["id"], "nobody": 5}[user]
    address = ADDRESS.format(user=who, chat=maria, message=message or number)
    status, page = await opened.get(address)
    assert status == 404
    assert "яма" not in page


async def test_words_of_people_are_words(opened: Open) -> None:
    said = await told(opened, "<script>alert(1)</script> яма на дороге")
    assert "<script>" not in said
    assert "&lt;script&gt;" in said


async def test_nothing_and_too_much(opened: Open) -> None:
    assert "Пока ничего не написано" in await told(opened, "  ")
    status, answer = await opened.post("/understood", {"text": "я" * 4097})
    assert status == 409
    assert "4096" in answer["error"]
    status, _answer = await opened.post("/understood", {})
    assert status == 409


async def test_it_reads_with_the_model_that_the_hub_has_taken_into_use(
    opened: Open, tmp_path: Path
) -> None:
    assert "<dd>cold</dd>" in await told(opened, PIT)
    models = Models(tmp_path / "models")
    name = put_model(models.folder, "2026-11-20-300-abcdef")
    models.use(name)
    assert "<dd>2026-11-20-300-abcdef</dd>" in await told(opened, PIT)
