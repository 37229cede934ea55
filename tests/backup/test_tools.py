"""PostgreSQL's own tools: where they are found, which are good enough, how they are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.backup import postgres
from bot.backup.errors import BackupError
from bot.i18n import use_locale


def _tool(folder: Path, name: str, version: str) -> None:
    (folder / name).write_text(f'#!/bin/sh\necho "{name} (PostgreSQL) {version}"\n')
    (folder / name).chmod(0o755)


def test_a_tool_is_found_in_its_folder_or_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tool(tmp_path, "pg_dump", "17.2 (Debian 17.2-1)")
    assert postgres.find("pg_dump", tmp_path).version == 17
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert postgres.find("pg_dump", None).path == str(tmp_path / "pg_dump")


def test_a_missing_tool_is_named_with_what_to_do(tmp_path: Path) -> None:
    with use_locale("en"), pytest.raises(BackupError, match="pg_dump is not found: install"):
        postgres.find("pg_dump", tmp_path)


def test_a_tool_may_be_newer_than_the_server_but_not_older(tmp_path: Path) -> None:
    _tool(tmp_path, "pg_dump", "16.4")
    tool = postgres.find("pg_dump", tmp_path)
    postgres.need_at_least(tool, 15, of="the server")
    postgres.need_at_least(tool, 16, of="the server")
    with (
        use_locale("en"),
        pytest.raises(BackupError, match="of PostgreSQL 16, the server is of 18"),
    ):
        postgres.need_at_least(tool, 18, of="the server")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql+asyncpg://u:p%40ss@db:6432/otklik",
            {
                "PGHOST": "db",
                "PGPORT": "6432",
                "PGUSER": "u",
                "PGPASSWORD": "p@ss",
                "PGDATABASE": "otklik",
            },
        ),
        (
            "postgresql+asyncpg://u@/otklik?host=/run/postgresql&ssl=require",
            {
                "PGHOST": "/run/postgresql",
                "PGUSER": "u",
                "PGDATABASE": "otklik",
                "PGSSLMODE": "require",
            },
        ),
    ],
)
def test_the_address_reaches_the_tools_without_their_arguments(
    url: str, expected: dict[str, str]
) -> None:
    assert postgres.environment(make_url(url)) == {**expected, "LC_ALL": "C"}
