"""How a command ends that can't go on: one clear line and exit 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from aiohttp import ClientError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.backup.errors import BackupError
from bot.errors import StartError
from bot.i18n import CataloguesMissing
from bot.municipality import MunicipalityError
from storage.migrate import NewerDatabase
from storage.store import AlreadyRunning

_READABLE = (StartError, BackupError, CataloguesMissing, MunicipalityError)


@contextmanager
def said_plainly() -> Iterator[None]:
    """What an operator can mend is one clear line and exit 2, never a traceback."""
    try:
        yield
    except NewerDatabase as error:
        fail(
            f"the database was written by a newer version (revision {error}): "
            "update the program or restore a backup"
        )
    except AlreadyRunning as error:
        fail(f"{error}: another «run» works on this database already")
    except DBAPIError as error:
        fail(f"the database can't be used: {error.orig}")
    except (SQLAlchemyError, OSError, ClientError) as error:
        fail(f"can't go on: {error}")
    except _READABLE as error:
        fail(str(error))


def fail(text: str) -> NoReturn:
    """Say what is wrong and leave with 2."""
    typer.echo(text, err=True)
    sys.exit(2)
