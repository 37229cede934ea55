"""`python -m bot queue`, as an operator runs it beside a running hub."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from services.model import AppealId
from tests.flows.conftest import Town


class Operator:
    """Somebody with a terminal on the hub's machine."""

    def __init__(self, town: Town, folder: Path) -> None:
        self._town, self._folder = town, folder

    async def types(self, *words: str, answers: str = "") -> tuple[int, str, str]:
        """Exit code, what was printed, what was complained about."""
        sandbox = self._town.hub.sandbox
        environment: dict[str, str | None] = {k: None for k in os.environ if "OTKLIK_" in k}
        environment |= {
            "OTKLIK_BOT_TOKEN": sandbox.token,
            "OTKLIK_BOT_API_URL": sandbox.url,
            "OTKLIK_DATABASE_URL": f"sqlite:///{self._folder}/hub.db",
            "OTKLIK_CLOCK_URL": f"{sandbox.url}/clock",
        }
        # A loop and connections of its own, as another process has them.
        typed = CliRunner().invoke
        found = await asyncio.to_thread(typed, cli, ["queue", *words], answers, environment)
        assert found.exception is None or isinstance(found.exception, SystemExit), found
        return found.exit_code, found.stdout, found.stderr


@pytest.fixture
def operator(town: Town, tmp_path: Path) -> Operator:
    """Beside the town's hub."""
    return Operator(town, tmp_path)


async def test_a_parked_update_is_looked_at_and_tried_again(
    town: Town, operator: Operator, poison: set[str]
) -> None:
    hub = town.hub
    await hub.say(town.maria, "отрава: на Морской у дома 7 яма на дороге, тел. 8 918 123-45-67")
    code, said, _ = await operator.types("inbox", "list")
    assert code == 0
    line = said.splitlines()[0]
    serial = line.split()[0]
    assert "отложено  сообщение  Telegram, человек" in line
    assert "попыток: 4  RuntimeError" in line
    code, said, _ = await operator.types("inbox", "show", serial, "--lang", "en")
    assert code == 0
    assert '"text": "*** (63)"' in said
    assert "put aside" in said
    for personal in ("Морской", "918", "Мария", str(town.maria["id"])):
        assert personal not in said, personal
    poison.clear()
    code, said, _ = await operator.types("inbox", "retry", serial)
    assert (code, said) == (0, "Повторяем: 1 запись\n")
    await hub.settle()
    await hub.spoken()
    assert "яма" in hub.last(town.rod, "яма")["text"]
    assert hub.last(town.triage, "Обрабатываем ещё раз: сообщение")
    code, said, _ = await operator.types("inbox", "list")
    assert (code, said) == (0, "Ничего нет.\n")


async def test_everything_parked_is_given_up_after_a_question(
    town: Town, operator: Operator, poison: set[str]
) -> None:
    for n in range(3):
        await town.hub.say(town.maria, f"отрава {n}")
    code, _, errors = await operator.types("inbox", "drop", "--all", answers="n\n")
    assert (code, errors) == (1, "Ничего не изменили.\n")
    assert await town.hub.app.inbox.count("parked") == 3
    code, said, _ = await operator.types("inbox", "drop", "--all", answers="y\n")
    assert code == 0
    assert "3 записи. Продолжить?" in said
    assert "Убрали: 3 записи" in said
    assert await town.hub.app.inbox.count("parked", "new") == 0
    code, said, _ = await operator.types("inbox", "list", "--state", "done", "--limit", "3")
    assert said.count("dropped by the operator: RuntimeError") == 3


async def test_a_dead_letter_is_tried_again_and_another_given_up(
    town: Town, operator: Operator
) -> None:
    hub = town.hub
    numbers = [await town.open_case() for _ in range(2)]
    hub.world.block(town.maria)
    await hub.settle()
    for number in numbers:
        await hub.press(town.ivan, town.card(number), "Взять")
    hub.world.unblock(town.maria)
    code, said, _ = await operator.types("outbox", "list")
    assert code == 0
    rows = {
        number: line for line in said.splitlines() for number in numbers if f"№ {number}" in line
    }
    assert "не доставлено  расписка" in rows[numbers[0]]
    again, never = (rows[number].split()[0] for number in numbers)
    code, said, _ = await operator.types("outbox", "show", again)
    assert '"priority": 1' in said
    assert str(town.maria["id"]) not in said
    assert (await operator.types("outbox", "retry", again))[0] == 0
    assert (await operator.types("outbox", "drop", never, "--lang", "en"))[1] == "Given up: 1 row\n"
    await hub.settle()
    assert hub.last(town.maria, f"В работе, № {numbers[0]}")
    assert not hub.world.find(town.maria["id"], f"В работе, № {numbers[1]}")
    assert hub.last(town.triage, f"Без доставки: расписка по № {numbers[1]}, оператор, 10:12")
    async with hub.app.store.reading() as uow:
        events = await uow.appeals.events_of(AppealId(numbers[1]))
    assert [(e.action, e.code) for e in events][-1] == ("undelivered", "receipt")


async def test_what_is_wrong_is_said_and_nothing_is_changed(town: Town, operator: Operator) -> None:
    number = await town.open_case()
    code, said, _ = await operator.types("outbox", "list", "--state", "sent", "--limit", "1")
    sent = said.split()[0]
    for words, wrong, complaint in (
        (("outbox", "retry", sent, "999"), 1, "Нет такого номера: 999"),
        (("outbox", "retry", sent), 1, f"{sent}: отправлено, делать нечего"),
        (("inbox", "show", "999999"), 1, "Нет такого номера: 999999"),
        (("inbox", "drop"), 2, "Назовите номера или --all"),
        (("inbox", "drop", "1", "--all"), 2, "Назовите номера или --all"),
        (("inbox", "list", "--state", "dead"), 2, "new, parked, done, all"),
        (("inbox", "list", "--lang", "de"), 2, "--lang"),
    ):
        code, _, errors = await operator.types(*words)
        assert code == wrong, (words, errors)
        assert complaint in errors
    assert (await operator.types("outbox", "retry", "--all", "--yes"))[
        1
    ] == "Повторяем: 0 записей\n"
    assert town.card(number)
