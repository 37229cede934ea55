"""Models in a copy: their files, the lessons beside them, and the list of those in use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.backup.errors import BackupError
from bot.backup.folder import sha256
from bot.i18n import _
from bot.models import ACTIVE, LESSONS, SUFFIX, Models

MODELS = "models"


def copy(source: Path, folder: Path) -> dict[str, str]:
    """Copy the models at `source` into a copy; returns the digest of each file by its name.

    Raises BackupError where one is damaged: it would be missed on the day it is needed.
    """
    digests: dict[str, str] = {}
    for path in _files(source):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            # An old one was put away meanwhile.
            continue
        if not _is_whole(path, data):
            text = _("{path} is damaged: delete it or learn it anew, then copy again.", path=path)
            raise BackupError(text)
        place = folder / MODELS / path.name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
        digests[path.name] = hashlib.sha256(data).hexdigest()
    return digests


def _files(folder: Path) -> Iterator[Path]:
    # The list first: what it names stands in the folder already.
    if (folder / ACTIVE).exists():
        yield folder / ACTIVE
    for suffix in (SUFFIX, LESSONS):
        yield from sorted(folder.glob(f"*{suffix}"))


def _is_whole(path: Path, data: bytes) -> bool:
    """It is what was sealed; one of another version of the hub is kept as it is."""
    # NumPy is slow to open, and most copies hold no model.
    from services.classifier import lessonfile, modelfile
    from services.classifier.sealed import NotAModel, unseal

    kinds = {SUFFIX: modelfile, LESSONS: lessonfile}
    if path.suffix not in kinds:
        return True
    kind = kinds[path.suffix]
    try:
        unseal(kind.MAGIC, kind.FORMAT, data)
    except NotAModel as error:
        return error.reason == "format"
    return True


def check(folder: Path, digests: Mapping[str, str]) -> None:
    """The models of a copy are what was written. Raises BackupError."""
    for name, digest in digests.items():
        path = folder / MODELS / name
        if Path(name).name != name or not path.is_file() or sha256(path) != digest:
            raise BackupError(_("{path} is damaged: it is not what was written.", path=path))


def put(folder: Path, digests: Mapping[str, str], target: Path) -> None:
    """Bring the models of a copy back, the list of those in use last; nothing is overwritten.

    Raises BackupError where another file stands in the way.
    """
    for name in sorted(digests, key=lambda name: name == ACTIVE):
        data, place = (folder / MODELS / name).read_bytes(), target / name
        if not place.exists():
            Models(target).save(place, data)
        elif not _goes_on(name, place.read_bytes(), data):
            text = _("{path} is there already and is another file.", path=place)
            raise BackupError(text)


def _goes_on(name: str, there: bytes, data: bytes) -> bool:
    """The same file; or the same list, to which names were added since the copy."""
    return there.startswith(data) if name == ACTIVE else there == data


def number(digests: Mapping[str, str]) -> int:
    """How many models there are."""
    return sum(name.endswith(SUFFIX) for name in digests)
