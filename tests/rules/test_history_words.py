"""Whatever happens to a case has words in its history, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import services
from bot.i18n import use_locale
from bot.views.history_words import CODES, STEPS, TEXTS, words_of
from services.lifecycle import Action

ROOT = Path(services.__file__).parent


def _calls(tree: ast.Module) -> Iterator[ast.expr]:
    """What the calls that write an event say has happened."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name == "note_event":
            yield node.args[2]
        elif name == "record":
            yield from (k.value for k in node.keywords if k.arg == "action")


def _codes() -> set[str]:
    """Every word that a service writes down; what is handed on is said by who hands it."""
    found = {str(action) for action in Action}
    for path in sorted(ROOT.rglob("*.py")):
        names = ".".join(("services", *path.relative_to(ROOT).with_suffix("").parts))
        for said in _calls(ast.parse(path.read_text())):
            if ast.unparse(said) != "action":
                found.add(str(eval(ast.unparse(said), vars(import_module(names)))))
    return found


def test_the_codes_are_found() -> None:
    assert {"calm", "told", "topic", "split_off", "two_seen", "accept", "unroute"} <= _codes()


@pytest.mark.parametrize("code", sorted(_codes()))
def test_every_event_has_words_in_both_languages(code: str) -> None:
    assert code in STEPS, f"add words for «{code}» to bot/views/history_words.py"
    said = set()
    for locale in ("ru", "en"):
        with use_locale(locale):
            said.add(words_of(code))
    assert len(said) == 2, said
    assert code not in said or code in {"topic", "note"}


def test_no_words_are_left_of_what_never_happens() -> None:
    assert set(CODES) | set(TEXTS) <= set(STEPS) == _codes()
