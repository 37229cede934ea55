"""What the hub has learnt comes back with a copy: models, lessons, the list of those in use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.backup.folder import read_slip
from bot.backup.making import make
from bot.models import ACTIVE, Models
from tests.backup.test_copies import brought_back, refused, restored
from tests.support.databases import Sqlite
from tests.support.taught import put_model

OLD, NEW = "2026-10-01-300-aaaaaa", "2026-11-01-400-bbbbbb"


@pytest.fixture
async def database(sqlite_files: Sqlite) -> str:
    """An SQLite database with our tables."""
    return await sqlite_files.fresh()


@pytest.fixture
def models(tmp_path: Path) -> Models:
    """Two models; the newer is in use and has its lessons beside it."""
    found = Models(tmp_path / "models")
    found.use(put_model(found.folder, OLD))
    found.use(put_model(found.folder, NEW, base=True))
    return found


@pytest.fixture
async def copy(database: str, models: Models, tmp_path: Path) -> Path:
    """A copy of both."""
    await asyncio.to_thread(make, database, None, models.folder, tmp_path / "copy", None)
    return tmp_path / "copy"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_models_come_back_with_their_lessons_and_their_list(
    copy: Path, models: Models, tmp_path: Path
) -> None:
    names = {ACTIVE, f"{OLD}.model", f"{NEW}.model", f"{NEW}.lessons"}
    assert set(read_slip(copy).models) == names
    await brought_back(copy, tmp_path / "there")
    assert contents(tmp_path / "there" / "models") == contents(models.folder)
    there = Models(tmp_path / "there" / "models")
    assert there.in_use() == str(there.folder / f"{NEW}.model")


async def test_a_copy_without_models_is_as_before(database: str, tmp_path: Path) -> None:
    await asyncio.to_thread(make, database, None, tmp_path / "none", tmp_path / "copy", None)
    assert sorted(p.name for p in (tmp_path / "copy").iterdir()) == ["backup.json", "database.db"]
    await brought_back(tmp_path / "copy", tmp_path / "there")
    assert not (tmp_path / "there" / "models").exists()


@pytest.mark.parametrize("name", [f"{OLD}.model", f"{NEW}.lessons"])
async def test_a_damaged_one_is_not_copied_but_named(
    database: str, models: Models, tmp_path: Path, name: str
) -> None:
    harmed = models.folder / name
    harmed.write_bytes(harmed.read_bytes()[:-100])
    copy = tmp_path / "copy"
    said = await refused(lambda: make(database, None, models.folder, copy, None))
    assert said == f"{harmed} is damaged: delete it or learn it anew, then copy again."
    assert not copy.exists()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("name", [f"{NEW}.model", f"{NEW}.lessons", ACTIVE])
@pytest.mark.parametrize("harm", [_cut, Path.unlink])
async def test_a_harmed_copy_is_refused_by_the_name_of_the_file(
    copy: Path, tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    harm(copy / "models" / name)
    there = tmp_path / "there"
    said = await refused(lambda: restored(there, copy))
    assert said == f"{copy}/models/{name} is damaged: it is not what was written."
    assert not (there / "models").exists()
    assert not (there / "hub.db").exists()


async def test_what_was_learnt_since_stays(copy: Path, models: Models, tmp_path: Path) -> None:
    models.use(f"{OLD}.model")
    before = contents(models.folder)
    await brought_back(copy, tmp_path)
    assert contents(models.folder) == before


async def test_another_file_or_list_in_the_way_stops_it(
    copy: Path, models: Models, tmp_path: Path
) -> None:
    for path in (models.path_of(OLD), models.folder / ACTIVE):
        kept = path.read_bytes()
        path.write_bytes(b"another")
        said = await refused(lambda: restored(tmp_path, copy))
        assert said == f"{path} is there already and is another file."
        path.write_bytes(kept)
    assert not (tmp_path / "hub.db").exists(), "the database comes last"
