"""Bringing a copy back: into an empty database only, and never beside a running hub."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.backup import folder as folders
from bot.backup import models, postgres, sqlite
from bot.backup.errors import BackupError
from bot.backup.folder import Slip
from bot.backup.state import State, look
from bot.i18n import _
from storage.migrate import known_revisions
from storage.store import Store


def restore(address: str, files: Path, learnt: Path, place: Path, tools: Path | None) -> Slip:
    """Bring the copy at `place` back, its models into the folder `learnt`.

    Files and models come first: the database says that all is done.
    Raises BackupError, AlreadyRunning.
    """
    slip = folders.read_slip(place)
    store = Store(address)
    kind = "sqlite" if store.engines.is_sqlite else "postgresql"
    if slip.kind != kind:
        raise BackupError(
            _("The copy is of {copy}, OTKLIK_DATABASE_URL names {kind}.", copy=slip.kind, kind=kind)
        )
    if slip.revision not in known_revisions():
        raise BackupError(
            _("The copy was made by a newer version (tables {revision}).", revision=slip.revision)
        )
    store.claim_file()
    try:
        state = _state(store)
        if state is not None and state.tables:
            raise BackupError(
                _("The database is not empty ({n} cases): nothing is overwritten.", n=state.appeals)
            )
        folders.check(place, slip)
        models.check(place, slip.models)
        models.put(place, slip.models, learnt)
        _put(store, slip, state, files, place, tools)
        _same(store, slip)
    finally:
        store.leave_file()
    return slip


def _put(
    store: Store, slip: Slip, state: State | None, files: Path, place: Path, tools: Path | None
) -> None:
    copy, url = place / slip.database, store.engines.writer.url
    tool = None
    if slip.kind == "postgresql":
        tool = postgres.find("pg_restore", tools)
        postgres.need_at_least(tool, state.server if state else 0, of=_("the server"))
        postgres.check(tool, copy)
    if slip.files is not None:
        files.mkdir(parents=True, exist_ok=True)
        folders.copy_files(place / folders.FILES, files)
    if tool is None:
        sqlite.put(copy, Path(str(url.database)))
    else:
        postgres.restore(tool, url, copy)


def _same(store: Store, slip: Slip) -> None:
    state = _state(store)
    # Cases that came in while it was made are in the copy and not on its slip.
    if state is None or state.revision != slip.revision or state.appeals < slip.appeals:
        raise BackupError(_("What came back is not what was copied: look into it."))


def _state(store: Store) -> State | None:
    """None: there is no file yet."""
    if not store.exists():
        return None

    async def seen() -> State:
        try:
            return await look(store.engines)
        finally:
            await store.engines.close()

    return asyncio.run(seen())
