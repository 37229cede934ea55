"""What a copy is and when it is refused: folders, files, SQLite's moments."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.backup import sqlite
from bot.backup.errors import BackupError
from bot.backup.folder import SLIP, copy_files, made_at, read_slip
from bot.backup.making import make
from bot.backup.progress import size
from bot.backup.restoring import restore
from bot.i18n import use_locale
from tests.support.databases import Sqlite


@pytest.fixture
async def database(sqlite_files: Sqlite) -> str:
    """An SQLite database with our tables."""
    return await sqlite_files.fresh()


async def copied(database: str, files: Path | None, place: Path) -> None:
    """A copy, made by a thread: commands have a loop of their own."""
    await asyncio.to_thread(make, database, files, place.parent / "models", place, None)


async def refused(work: Callable[[], object]) -> str:
    """Why it can't be done, in English."""

    def tried() -> str:
        with use_locale("en"), pytest.raises(BackupError) as error:
            work()
        return str(error.value)

    return await asyncio.to_thread(tried)


def restored(folder: Path, place: Path, address: str = "") -> None:
    """The copy at `place` brought back into a folder."""
    database = address or f"sqlite:///{folder}/hub.db"
    restore(database, folder / "files", folder / "models", place, None)


async def brought_back(place: Path, folder: Path) -> None:
    """The same by a thread."""
    await asyncio.to_thread(restored, folder, place)


def test_a_copy_is_one_moment_however_busy_the_writers_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PAGES", 1)
    source, stop, steps = tmp_path / "busy.db", threading.Event(), []
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE one (n INTEGER, filler TEXT)")
        connection.execute("CREATE TABLE other (n INTEGER, filler TEXT)")
        for n in range(200):
            for table in ("one", "other"):
                connection.execute(f"INSERT INTO {table} VALUES (?, ?)", (-n, "x" * 900))
        connection.commit()

    def write() -> None:
        with closing(sqlite3.connect(source, timeout=30)) as busy:
            while not stop.is_set():
                n = len(steps)
                with busy:
                    busy.execute("INSERT INTO one VALUES (?, ?)", (n, "y" * 900))
                    busy.execute("INSERT INTO other VALUES (?, ?)", (n, "y" * 900))
                steps.append(n)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(steps) < 5:
            stop.wait(0.001)
        before = len(steps)
        sqlite.copy(source, tmp_path / "copy.db")
        after = len(steps)
    finally:
        stop.set()
        writer.join()
    assert after > before, "writers go on"
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        one, other = (
            [n for (n,) in connection.execute(f"SELECT n FROM {table} ORDER BY n")]
            for table in ("one", "other")
        )
    assert one == other, "both halves of a transaction, or none"
    assert before <= sum(n >= 0 for n in one) + 1 <= after + 2
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("copy")) == ["copy.db"]


async def test_a_copy_without_files_says_so(database: str, tmp_path: Path) -> None:
    await copied(database, None, tmp_path / "copy")
    assert read_slip(tmp_path / "copy").files is None
    await brought_back(tmp_path / "copy", tmp_path / "there")
    assert not (tmp_path / "there" / "files").exists()


async def test_files_come_along_but_not_those_still_on_their_way(
    database: str, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    (files / "ab").mkdir(parents=True)
    (files / "ab" / "whole").write_bytes(b"photo")
    (files / "ab" / "half.part").write_bytes(b"pho")
    await copied(database, files, tmp_path / "copy")
    assert read_slip(tmp_path / "copy").files == 1
    await brought_back(tmp_path / "copy", tmp_path / "there")
    found = [p.relative_to(tmp_path / "there" / "files") for p in _files(tmp_path / "there")]
    assert found == [Path("ab/whole")]


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in (folder / "files").rglob("*") if p.is_file())


async def test_files_that_are_there_stay_and_others_are_never_overwritten(
    database: str, tmp_path: Path
) -> None:
    files, there = tmp_path / "files", tmp_path / "there"
    for folder, name, words in (
        (files, "same", b"12345"),
        (files, "new", b"1"),
        (there / "files", "same", b"54321"),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(words)
    assert copy_files(files, there / "files") == 2
    assert (there / "files" / "same").read_bytes() == b"54321", "only a length tells"
    (there / "files" / "new").write_bytes(b"longer")
    await copied(database, files, tmp_path / "copy")
    said = await refused(lambda: restored(there, tmp_path / "copy"))
    assert "is there already and is another file" in said
    assert not (there / "hub.db").exists(), "the database comes last"


def _flip(copy: Path) -> None:
    place = copy / "database.db"
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 0xFF
    place.write_bytes(data)


def _lose(copy: Path) -> None:
    next(p for p in (copy / "files").rglob("*") if p.is_file()).unlink()


def _say(**changed: object) -> Callable[[Path], None]:
    def change(copy: Path) -> None:
        slip = json.loads((copy / SLIP).read_text())
        (copy / SLIP).write_text(json.dumps({**slip, **changed}))

    return change


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (_flip, "it is not what was written"),
        (_lose, "0 files of 1"),
        (_say(revision="9999"), "made by a newer version (tables 9999)"),
        (_say(kind="postgresql"), "is no copy made by «backup»"),
        (_say(kind="mysql"), "is no copy made by «backup»"),
        (_say(more=1), "is no copy made by «backup»"),
        (lambda copy: (copy / SLIP).unlink(), "is no copy made by «backup»"),
        (lambda copy: (copy / "database.db").unlink(), "is no copy made by «backup»"),
    ],
)
async def test_a_harmed_copy_is_refused_before_anything_is_written(
    database: str, tmp_path: Path, harm: Callable[[Path], None], why: str
) -> None:
    files, copy, there = tmp_path / "files", tmp_path / "copy", tmp_path / "there"
    files.mkdir()
    (files / "photo").write_bytes(b"photo")
    await copied(database, files, copy)
    harm(copy)
    said = await refused(lambda: restored(there, copy))
    assert why in said
    assert not (there / "hub.db").exists()
    assert not (there / "files").exists()


async def test_a_copy_of_the_other_database_is_refused(database: str, tmp_path: Path) -> None:
    await copied(database, None, tmp_path / "copy")
    address = "postgresql://u@127.0.0.1:1/none"
    said = await refused(lambda: restored(tmp_path / "f", tmp_path / "copy", address))
    assert said == "The copy is of sqlite, OTKLIK_DATABASE_URL names postgresql."


async def test_a_log_of_a_lost_database_is_not_put_under_another(
    database: str, tmp_path: Path
) -> None:
    await copied(database, None, tmp_path / "copy")
    (tmp_path / "hub.db-wal").write_bytes(b"somebody's last words")
    said = await refused(lambda: restored(tmp_path, tmp_path / "copy"))
    assert "hub.db-wal is left of another database" in said
    assert not (tmp_path / "hub.db").exists()


async def test_there_must_be_a_database_and_a_place(database: str, tmp_path: Path) -> None:
    nothing = f"sqlite:///{tmp_path}/none.db"
    assert "There is no database at" in await refused(
        lambda: make(nothing, None, tmp_path / "models", tmp_path / "copy", None)
    )
    assert "There is no folder" in await refused(
        lambda: make(database, None, tmp_path / "models", tmp_path / "no" / "copy", None)
    )
    assert _names(tmp_path) == []


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with made_at(tmp_path / "copy") as folder:
            (folder / "half").touch()
            assert len(_names(tmp_path)) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert _names(tmp_path) == []


# --- PostgreSQL's tools ---


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (12_345_678, "12.3 MB"), (5e15, "5000.0 TB")],
)
def test_sizes_as_people_read_them(number: float, said: str) -> None:
    assert size(number) == said
