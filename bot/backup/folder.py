"""What a copy is: a folder with the database, files, models, and a slip that tells of them.

It is made under another name and renamed when it is whole: a folder with the right name is a
whole copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.backup.errors import BackupError
from bot.backup.progress import Progress
from bot.i18n import _

FILES, SLIP = "files", "backup.json"
DATABASES = {"sqlite": "database.db", "postgresql": "database.dump"}
_BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class Slip:
    """What a copy says of itself."""

    made_at: str
    kind: str
    """«sqlite», «postgresql»."""
    revision: str
    """Of the tables."""
    sha256: str
    """Of the database's file."""
    appeals: int
    files: int | None
    """None: the copy was made without them."""
    models: dict[str, str] = field(default_factory=dict)
    """Digests of the classifier's files by name; none in copies made before models were."""

    @property
    def database(self) -> str:
        """The database's file in the folder."""
        return DATABASES[self.kind]


@contextmanager
def made_at(place: Path) -> Iterator[Path]:
    """A folder to fill, which then stands at `place`, or nowhere. Raises BackupError."""
    if place.exists():
        raise BackupError(_("{path} exists already: a copy overwrites nothing.", path=place))
    if not place.absolute().parent.is_dir():
        raise BackupError(_("There is no folder {path}.", path=place.absolute().parent))
    # Its rights are its owner's alone: a copy holds personal data.
    folder = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.absolute().parent))
    try:
        yield folder
        os.sync()
        folder.rename(place)
        flush(place.absolute().parent)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def write_slip(folder: Path, slip: Slip) -> None:
    """The last thing that is written into a copy."""
    text = json.dumps(asdict(slip), indent=2, ensure_ascii=False)
    (folder / SLIP).write_text(text + "\n", encoding="utf-8")


def read_slip(folder: Path) -> Slip:
    """What a copy is. Raises BackupError."""
    try:
        slip = Slip(**json.loads((folder / SLIP).read_text(encoding="utf-8")))
        there = (folder / slip.database).is_file()
    except (OSError, ValueError, TypeError, KeyError):
        there = False
    if not there:
        raise BackupError(_("{path} is no copy made by «backup».", path=folder))
    return slip


def check(folder: Path, slip: Slip) -> None:
    """The copy is what was written. Raises BackupError."""
    if sha256(folder / slip.database) != slip.sha256:
        text = _("{path} is damaged: it is not what was written.", path=folder / slip.database)
        raise BackupError(text)
    found = sum(1 for _path in all_files(folder / FILES))
    if slip.files is not None and found != slip.files:
        raise BackupError(
            _(
                "{path} is damaged: {found} files of {wanted}.",
                path=folder / FILES,
                found=found,
                wanted=slip.files,
            )
        )


def sha256(path: Path) -> str:
    """The digest of a file."""
    digest, done = hashlib.sha256(), 0
    progress = Progress(_("Checking {name}", name=path.name))
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            progress.at(done := done + len(block), path.stat().st_size)
    return digest.hexdigest()


def all_files(folder: Path) -> Iterator[Path]:
    """Every whole file below a folder; what is still being fetched is not."""
    return (p for p in folder.rglob("*") if p.is_file() and p.suffix != ".part")


def copy_files(source: Path, target: Path) -> int:
    """Copy what is not there yet; returns how many files stand there now.

    A file never changes under its name, so one of the same size is the same one. Raises
    BackupError where it is not.
    """
    progress, done, number = Progress(_("Copying files")), 0, 0
    for path in all_files(source):
        place = target / path.relative_to(source)
        try:
            length = path.stat().st_size
            if place.exists() and place.stat().st_size != length:
                text = _("{path} is there already and is another file.", path=place)
                raise BackupError(text)
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                part = place.with_suffix(".part")
                shutil.copyfile(path, part)
                part.rename(place)
        except FileNotFoundError:
            # Its author was forgotten meanwhile.
            continue
        number, done = number + 1, done + length
        progress.at(done)
    return number


def flush(path: Path) -> None:
    """What was written under this path outlives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
