"""Making a copy: the database first, then files and models, each as it is at its moment."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

from bot.backup import folder as folders
from bot.backup import models, postgres, sqlite
from bot.backup.errors import BackupError
from bot.backup.folder import Slip
from bot.backup.progress import size
from bot.backup.state import State, look
from bot.i18n import _
from storage.store import Store


def make(address: str, files: Path | None, learnt: Path, place: Path, tools: Path | None) -> Slip:
    """A copy of everything at `place`, with the models that stand in the folder `learnt`.

    `files`: None leaves them out. Raises BackupError.
    """
    store = Store(address)
    if not store.exists():
        name = store.engines.writer.url.database
        raise BackupError(_("There is no database at {path}.", path=name))
    state = asyncio.run(_state(store))
    if state.revision is None:
        raise BackupError(_("The database is not ours: it has no version of tables."))
    with folders.made_at(place) as folder:
        slip = _filled(store, state, files, learnt, folder, tools)
        folders.write_slip(folder, slip)
    return slip


async def _state(store: Store) -> State:
    try:
        return await look(store.engines)
    finally:
        await store.engines.close()


def _filled(
    store: Store,
    state: State,
    files: Path | None,
    learnt: Path,
    folder: Path,
    tools: Path | None,
) -> Slip:
    url, beside = store.engines.writer.url, _length(files) + _length(learnt)
    kind = "sqlite" if store.engines.is_sqlite else "postgresql"
    target = folder / folders.DATABASES[kind]
    if kind == "sqlite":
        source = Path(str(url.database))
        _room_for(sqlite.length(source) + beside, folder)
        sqlite.copy(source, target)
    else:
        tool = postgres.find("pg_dump", tools)
        postgres.need_at_least(tool, state.server, of=_("the server"))
        reader = postgres.find("pg_restore", tools)
        _room_for(beside, folder)
        postgres.dump(tool, url, target)
        postgres.check(reader, target)
    number = None
    if files is not None:
        number = folders.copy_files(files, folder / folders.FILES) if files.is_dir() else 0
    return Slip(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        kind=kind,
        revision=str(state.revision),
        sha256=folders.sha256(target),
        appeals=state.appeals,
        files=number,
        models=models.copy(learnt, folder),
    )


def _length(files: Path | None) -> int:
    if files is None or not files.is_dir():
        return 0
    return sum(path.stat().st_size for path in folders.all_files(files))


def _room_for(needed: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            _("A copy needs {needed}, {free} are free.", needed=size(needed), free=size(free))
        )
