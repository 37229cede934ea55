"""`python -m bot classify` and `understand`: offline, one line a text, mistakes told by row."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner, Result

from bot.commands.classify import classify
from bot.commands.understand import understand

app = typer.Typer()
app.command()(classify)
app.command()(understand)

FIELDS = {"id", "group", "topic", "groups", "topics", "confidence", "auto", "urgency", "place"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def classified(tmp_path: Path, data: bytes) -> tuple[Result, list[dict[str, object]]]:
    (tmp_path / "in.csv").write_bytes(data)
    out = tmp_path / "out.jsonl"
    result = run("classify", "--in", str(tmp_path / "in.csv"), "--out", str(out))
    lines = out.read_text("utf-8").splitlines() if out.exists() else []
    return result, [json.loads(line) for line in lines]


def test_every_good_row_is_answered_and_the_bad_are_named(tmp_path: Path) -> None:
    data = "id,text\n1,Не горит фонарь во дворе\n2,\n3,Нет воды. Тел. 89180000000\n,без номера\n"
    result, said = classified(tmp_path, data.encode())
    assert result.exit_code == 0
    assert [line["id"] for line in said] == ["1", "3"]
    assert [line["group"] for line in said] == ["Благоустройство", "ЖКХ"]
    assert all(set(line) >= FIELDS for line in said)
    assert "89180000000" not in str(said)
    assert "Строка 3: пусто в text" in result.stderr
    assert "Строка 5: пусто в id" in result.stderr
    assert "пропущено 2 строки" in result.stderr


def test_a_spreadsheet_of_windows_is_read(tmp_path: Path) -> None:
    data = 'Text;ID\r\n"Яма; на дороге\r\nколесо пробил";7\r\n'.encode("cp1251")
    _, said = classified(tmp_path, data)
    assert [(line["id"], line["group"]) for line in said] == [("7", "Дороги")]


def test_a_file_that_is_not_it_is_refused(tmp_path: Path) -> None:
    result, said = classified(tmp_path, b"number,words\n1,x\n")
    assert (result.exit_code, said) == (2, [])
    assert "id, text" in result.stderr
    assert classified(tmp_path, b"\0\0\0")[0].exit_code == 2
    assert run("classify", "--in", "нет.csv", "--out", str(tmp_path / "o")).exit_code == 2


def test_a_person_reads_why(tmp_path: Path) -> None:
    text = "На улице Янтарной яма в асфальте, звоните 89180000000"
    said = run("understand", text).stdout
    assert "Группа: Дороги" in said
    assert "«яма»" in said
    assert "Янтарная" in said
    assert "89180000000" not in said
    english = run("understand", text, "--lang", "en").stdout.splitlines()
    assert english[0].startswith("Group: roads ")
    assert english[1].startswith("Topic: potholes ")


def test_a_person_reads_the_essence_the_questions_and_the_tone() -> None:
    text = (
        "Добрый день.На Островского 12 третий день не вывозят мусор, пишу пятый раз, дармоеды. "
        "Уберите мусор до 12.09. Когда вывезут? Кто отвечает?"
    )
    said = run("understand", text).stdout.splitlines()
    essence = "не вывозят мусор · ул. Островского, 12 · третий день · Уберите мусор до 12.09"
    assert f"Суть: {essence}" in said
    assert "Спрашивает: 1. Когда вывезут? 2. Кто отвечает?" in said
    assert "Тон: оскорбления («дармоеды»), не первый раз («пишу пятый раз»)" in said


def test_nothing_to_go_by() -> None:
    assert "ни одно слово" in run("understand", "ыыы").stdout
