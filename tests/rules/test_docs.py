"""What the documents name is there: paths, settings, commands, the words of the first screen."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.__main__ import cli
from bot.config import NAMES, PREFIX
from services.citizen.commands import COMMANDS
from tests.support.catalogues import load

ROOT = Path(__file__).resolve().parent.parent.parent
READMES = ("README.md", "README.ru.md")
DOCUMENTS = sorted(
    [*READMES, "CONTRIBUTING.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
)
ROOMS = ("bot", "deploy", "docs", "handlers", "locales", "services", "storage", "tests", ".ci")
LINES = 200


def text_of(document: str) -> str:
    """A document as it stands."""
    return (ROOT / document).read_text(encoding="utf-8")


def inner_words(text: str) -> list[str]:
    """What stands in single backticks."""
    outside = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", outside)


def names_a_path(word: str) -> bool:
    """It looks like a file or a folder of this repository; `<name>` is anybody's."""
    if re.fullmatch(r"[\w.][\w./-]*", word) is None:
        return False
    room, slash, _rest = word.partition("/")
    return room in ROOMS if slash else word.endswith((".md", ".toml", ".txt"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_named_path_is_there(document: str) -> None:
    text = text_of(document)
    named = [word for word in inner_words(text) if names_a_path(word)]
    missing = [word for word in named if not (ROOT / word).exists()]
    # Pictures are made by `make screenshots`, after the documents.
    links = [to for to in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text) if ":" not in to]
    missing += [to for to in links if not ((ROOT / document).parent / to).exists()]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_is_read_in_one_sitting(document: str) -> None:
    assert len(text_of(document).splitlines()) <= LINES


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_every_setting_and_no_other(readme: str) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", text_of(readme)))
    assert named == {PREFIX + name for name in NAMES}


def shell_commands() -> list[str]:
    """«bot run», «bot import municipality»."""
    found = []
    group: Any = typer.main.get_command(cli)
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        inner = getattr(command, "commands", None)
        found += [f"bot {name} {sub}" for sub in inner] if inner else [f"bot {name}"]
    return found


def bot_commands() -> set[str]:
    """What the bot obeys: the citizen's table, and whoever asks for a Command."""
    found = set(COMMANDS)
    for path in (ROOT / "handlers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Command":
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return found


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_every_command_and_no_other(readme: str) -> None:
    words = inner_words(text_of(readme))
    lost = [c for c in shell_commands() if not any(re.match(rf"{c}\b", word) for word in words)]
    assert not lost
    named = {m[1] for word in words if (m := re.match(r"/([a-z]+)(?=$| )", word))}
    elsewhere = {"newbot", "healthz", "readyz", "metrics"}
    assert named - elsewhere == bot_commands()


@pytest.mark.parametrize("readme", READMES)
def test_the_first_screen_says_what_the_four_windows_live_through(readme: str) -> None:
    lived = (ROOT / "tests/town/test_windows.py").read_text(encoding="utf-8")
    first = "\n".join(text_of(readme).splitlines()[:40])
    said = [word for word in inner_words(first) if re.match(r"[А-Я]", word)]
    assert len(said) == 2
    assert all(f'"{word}"' in lived for word in said)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_quoted_buttons_are_those_that_people_see(document: str) -> None:
    strings = [
        text
        for message in load("ru")
        for text in (message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    russian = "\n".join(map(str, strings))
    quoted = re.findall(r"«([А-ЯЁ][^»\n]*)»", text_of(document))
    assert not [words for words in quoted if words.rstrip(" …") not in russian]


def test_the_followed_example_is_the_code_as_it_is() -> None:
    shown = re.findall(r"```python\n(.*?)```", text_of("CONTRIBUTING.md"), flags=re.DOTALL)
    rooms = ("services", "handlers", "tests/flows")
    code = {
        line.strip()
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    lines = [line.strip() for block in shown for line in block.splitlines()]
    assert lines
    assert not [line for line in lines if line != "…" and line not in code]
