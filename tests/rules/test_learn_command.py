"""`python -m bot learn`: offline, the path last, figures beside those of the model in use."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.classifier import lexicon, read_model
from bot.commands.classify import classify
from bot.commands.learn import learn
from bot.models import Models
from services.classifier.lessonfile import unpack_lessons
from tests.support.lessons import lessons

app = typer.Typer()
app.command()(learn)
app.command()(classify)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def table(rows: list[tuple[str, str, str]]) -> str:
    with Path("in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "group", "topic"])
        writer.writerows(rows)
    return "in.csv"


def test_it_learns_compares_and_goes_into_use() -> None:
    source = table([*lessons(), ("", "ЖКХ", "Вода"), lessons()[0]])
    result = run("learn", "--from", source, "--activate")
    assert result.exit_code == 0, result.output
    path = Path(result.stdout.splitlines()[-1])
    assert path.parent == Path("var/models")
    assert "группа верна" in result.stdout
    assert "1 повтор" in result.stderr
    assert "пропущена 1 строка" in result.stderr
    assert Models().in_use() == str(path)
    assert Models().history() == ["cold", path.name]
    Path("ask.csv").write_text("id,text\n1,Батарея чуть тёплая\n", encoding="utf-8")
    run("classify", "--in", "ask.csv", "--out", "o.jsonl")
    assert path.stem in Path("o.jsonl").read_text("utf-8")
    Models().use("cold")
    assert Models().in_use() == "cold"


def test_where_it_is_told_and_then_used() -> None:
    result = run("learn", "--from", table(lessons()), "--out", "here/my.model")
    assert result.stdout.splitlines()[-1] == "here/my.model"
    assert Models().in_use() == "cold"
    Path("ask.csv").write_text("id,text\n1,Батарея чуть тёплая\n", encoding="utf-8")
    said = run("classify", "--in", "ask.csv", "--out", "o.jsonl", "--model", "here/my.model")
    assert said.exit_code == 0
    assert '"topic": "Тепло"' in Path("o.jsonl").read_text("utf-8")


def test_too_little_is_not_learnt_from() -> None:
    result = run("learn", "--from", table(lessons()[:20]))
    assert result.exit_code == 2
    assert "хотя бы 100 текстов" in result.stderr


def test_a_spoilt_model_is_named() -> None:
    Path("bad.model").write_bytes(b"not a model")
    Path("ask.csv").write_text("id,text\n1,Яма\n", encoding="utf-8")
    result = run("classify", "--in", "ask.csv", "--out", "o.jsonl", "--model", "bad.model")
    assert result.exit_code == 2
    assert "bad.model" in result.stderr


def test_the_lessons_stay_beside_the_model_as_numbers() -> None:
    result = run("learn", "--from", table(lessons()), "--out", "here/my.model", "--activate")
    model = read_model(Path("here/my.model"))
    beside = Path("here") / f"{model.base}.lessons"
    assert Models().history() == ["cold", "my.model"]
    assert Models().lessons_of(model.base).read_bytes() == beside.read_bytes(), result.output
    back = unpack_lessons(beside.read_bytes(), lexicon()).lessons
    assert [(le.group, le.topic) for le in back] == [(g, t) for _, g, t in lessons()]
    assert "Морск".encode() not in beside.read_bytes()
