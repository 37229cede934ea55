"""The house's rule about who may call whom (architecture.md, «Arrows»), walked import by import."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "services", "storage")
LINES = 300
SPAWNERS = {
    "bot/clock.py",
    "bot/commands/opened.py",
    "bot/delivery/worker.py",
    "bot/leading.py",
    "bot/parts.py",
    "bot/receive/worker.py",
    "bot/sandbox/server.py",
    "bot/town/day.py",
    "bot/town/process.py",
    "bot/town/training/room.py",
}
"""Who starts tasks, and therefore ends them: nothing runs unwatched."""


@dataclass(frozen=True)
class Edge:
    """One imported name. `for_types`: only under TYPE_CHECKING."""

    file: str
    line: int
    target: str
    for_types: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.target}"


@cache
def files() -> tuple[Path, ...]:
    """Every module of the product."""
    return tuple(sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    """A module's tree."""
    return ast.parse(path.read_text(), str(path))


def name(path: Path) -> str:
    """The file as the rules name it."""
    return path.relative_to(ROOT).as_posix()


@cache
def edges() -> tuple[Edge, ...]:
    """Every import of every module, those inside functions too."""
    return tuple(e for path in files() for e in _edges(path, parsed(path), for_types=False))


def _edges(path: Path, node: ast.AST, *, for_types: bool) -> Iterator[Edge]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from (Edge(name(path), node.lineno, t, for_types) for t in _targets(path, node))
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        for_types = True
    for child in ast.iter_child_nodes(node):
        yield from _edges(path, child, for_types=for_types)


def _targets(path: Path, node: ast.Import | ast.ImportFrom) -> list[str]:
    """What is imported, in full: a module, or `module.name` (a submodule or a name of it)."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    parts = (node.module or "").split(".") if node.module else []
    if node.level:
        package = path.relative_to(ROOT).parent.parts
        parts = [*package[: len(package) - node.level + 1], *parts]
    return [".".join([*parts, alias.name]) for alias in node.names]


def within(target: str, *allowed: str) -> bool:
    """The target is one of these modules or something inside one."""
    return any(target == a or target.startswith(f"{a}.") for a in allowed)


def of(*folders: str) -> list[Edge]:
    """The imports of these folders (or single files), Python's own left out."""
    return [
        edge
        for edge in edges()
        if edge.file.startswith(folders)
        and edge.target.split(".")[0] not in sys.stdlib_module_names
    ]


def refuse(found: list[Edge], *allowed: str) -> None:
    """Fail with every edge that leads elsewhere."""
    wrong = [str(edge) for edge in found if not within(edge.target, *allowed)]
    assert not wrong, "\n".join(wrong)


def test_services_know_nothing_but_services() -> None:
    for_running = [e for e in of("services/") if not e.for_types]
    # pymorphy3 is a dictionary of words and numpy a calculator, not an outside world.
    refuse([e for e in for_running if e.file not in COUNTING], "services", "pymorphy3")
    refuse([e for e in for_running if e.file in COUNTING], "services", "numpy")


COUNTING = {name(p) for p in files() if name(p).startswith("services/classifier/")}
"""The classifier computes with arrays; nobody else in services does."""


def test_what_starts_at_once_does_not_wait_for_arrays() -> None:
    wrong = [
        str(e)
        for e in edges()
        if within(e.target, "services.classifier", "bot.classifier")
        and e.file.startswith("bot/commands/")
        and not e.for_types
        and e.line in {n.lineno for n in parsed(ROOT / e.file).body}
    ]
    assert not wrong, "half a second of every command"


def test_services_name_storage_for_types_only() -> None:
    refuse([e for e in of("services/") if e.for_types], "services", "storage")


FRAMEWORKS = [
    "aiogram",
    "aiohttp",
    "sqlalchemy",
    "apscheduler",
    "gettext",
    "babel",
    "pydantic",
    "matplotlib",
]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_services_never_name_a_framework(framework: str) -> None:
    found = [
        str(e)
        for e in edges()
        if e.file.startswith("services/") and within(e.target.lower(), framework)
    ]
    assert not found, "\n".join(found)


def test_storage_knows_values_only() -> None:
    tools = ("sqlalchemy", "alembic", "aiosqlite", "asyncpg", "storage")
    values = [f"services.{m}" for m in ("model", "errors", "notices", "policies")]
    refuse(of("storage/"), *tools, *values)


def test_handlers_call_services_and_words() -> None:
    ours = ("services", "handlers", "bot.views", "bot.i18n", "bot.receive.scene")
    refuse(of("handlers/"), "aiogram", *ours)


SDKS = {"telegram": ("aiogram", "aiohttp", "aiohttp_socks")}
CHANNELS = sorted(p.name for p in (ROOT / "bot/channels").iterdir() if (p / "__init__.py").exists())


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_knows_its_sdk_and_no_other_channel(channel: str) -> None:
    refuse(
        of(f"bot/channels/{channel}/"),
        *SDKS.get(channel, ()),
        f"bot.channels.{channel}",
        "services",
        "bot.views",
        "bot.delivery.outcomes",
        "bot.fetching.outcomes",
        "bot.i18n",
        "storage.arrivals.Incoming",
    )


def test_views_make_words_of_values() -> None:
    found = [e for e in of("bot/views/") if e.file != SHEET]
    refuse(found, "services", "storage", "bot.i18n", "bot.views", "babel")


SHEET = "bot/views/sheet.py"


def test_only_the_sheet_draws_and_only_it_pays_for_that() -> None:
    refuse(of(SHEET), "matplotlib")
    tools = ("matplotlib", "numpy", "PIL")
    drawing = [e for e in edges() if within(e.target, *tools) and e.file not in COUNTING]
    assert {e.file for e in drawing} == {SHEET}
    at_import = {n.lineno for n in parsed(ROOT / SHEET).body}
    assert not [str(e) for e in drawing if e.line in at_import], "half a second of every command"


def test_views_never_open_a_transaction() -> None:
    wrong = [
        str(e) for e in of("bot/views/") if within(e.target, "storage.store", "storage.engine")
    ]
    assert not wrong, "\n".join(wrong)


def test_only_commands_compose_the_house() -> None:
    composers = ("bot/commands/", "bot/demo/", "bot/town/house.py")
    wrong = [
        str(e)
        for e in edges()
        if within(e.target, "bot.app") and not e.file.startswith((*composers, "bot/app.py"))
    ]
    assert not wrong, "\n".join(wrong)


def calls(pattern: str, paths: tuple[Path, ...]) -> list[str]:
    """Calls whose source matches, with their places."""
    return [
        f"{name(path)}:{node.lineno} calls {ast.unparse(node.func)}"
        for path in paths
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and re.fullmatch(pattern, ast.unparse(node.func))
    ]


def test_rules_and_rows_never_look_at_the_wall_clock() -> None:
    inner = tuple(p for p in files() if name(p).startswith(("services/", "storage/")))
    clock = r"(.*\.)?(datetime|date)\.(now|utcnow|today)|(.*\.)?time\.(time|time_ns)"
    assert not calls(clock, inner)


def test_tasks_are_started_only_by_those_who_end_them() -> None:
    spawn = r"(.*\.)?(create_task|ensure_future)"
    others = tuple(p for p in files() if name(p) not in SPAWNERS)
    assert not calls(spawn, others)
    idle = {f for f in SPAWNERS if not calls(spawn, (ROOT / f,))}
    assert not idle, "no more needed in SPAWNERS"


def test_no_file_outgrows_a_reader() -> None:
    long = {
        name(path): n
        for path in files()
        # A migration is a record, written once and never edited.
        if (n := len(path.read_text().splitlines())) > LINES
        and "migrations/versions" not in name(path)
    }
    assert not long


def test_the_walk_sees_imports() -> None:
    seen = {(e.file, e.target, e.for_types) for e in edges()}
    assert ("services/desk.py", "storage.unit.UnitOfWork", True) in seen
    assert ("storage/unit.py", "sqlalchemy.select", False) in seen
    assert len(files()) > 50
