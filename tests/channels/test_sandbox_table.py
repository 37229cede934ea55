"""Our table of methods against the Bot API as data and against the SDK's models."""

import json
from pathlib import Path
from typing import Any

import aiogram.methods
import aiogram.types
import pytest

from bot.sandbox.bot_api import METHODS as PLAYED
from bot.sandbox.methods_table import ADDED_AFTER_10_1, METHODS, RETIRED_BEFORE_10_1
from bot.sandbox.objects_table import OBJECTS, Param

SPEC = Path(__file__).parents[3] / "shared" / "data" / "bot_api_spec.json"


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    if not SPEC.exists():
        pytest.skip("the Bot API as data isn't beside this checkout")
    loaded: dict[str, Any] = json.loads(SPEC.read_text())
    return loaded


def declared(table: dict[str, Param]) -> set[tuple[str, frozenset[str], bool]]:
    return {(name, frozenset(param.types), param.required) for name, param in table.items()}


def published(described: dict[str, Any]) -> set[tuple[str, frozenset[str], bool]]:
    fields = described.get("fields", [])
    return {(f["name"], frozenset(f["types"]), f["required"]) for f in fields}


@pytest.mark.parametrize("method", METHODS)
def test_methods_are_as_published(method: str, spec: dict[str, Any]) -> None:
    assert declared(METHODS[method]) == published(spec["methods"][method])


@pytest.mark.parametrize("kind", sorted(OBJECTS.keys() - {"BotCommandScope"}))
def test_objects_are_as_published(kind: str, spec: dict[str, Any]) -> None:
    assert declared(OBJECTS[kind]) == published(spec["types"][kind])


@pytest.mark.parametrize("method", METHODS)
def test_what_the_sdk_knows_beyond_the_table_is_listed(method: str) -> None:
    model = getattr(aiogram.methods, method[0].upper() + method[1:])
    listed = {name for owner, name in ADDED_AFTER_10_1 | RETIRED_BEFORE_10_1 if owner == method}
    assert model.model_fields.keys() - METHODS[method].keys() == listed
    assert METHODS[method].keys() <= model.model_fields.keys()


def test_every_declared_method_is_played() -> None:
    assert METHODS.keys() == PLAYED.keys()
