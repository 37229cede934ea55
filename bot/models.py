"""The folder of models: which one is in use, and which were before.

`active` is a plain list of file names, the last of them in use; «cold» stands for the vocabulary
alone. A line is only ever added, so going back is using an earlier name again. Beside a model lie
the lessons it was learnt from, as numbers: the nightly learning goes on from them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from services.understanding.guess import COLD

FOLDER = Path("var/models")
SUFFIX = ".model"
LESSONS = ".lessons"
ACTIVE = "active"


def version_of(day: str, texts: int, rows: Iterable[str]) -> str:
    """The name of a new model: «2026-11-29-1893-ab12cd»."""
    mark = hashlib.sha256("\n".join(rows).encode()).hexdigest()[:6]
    return f"{day}-{texts}-{mark}"


class Models:
    """Models in a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder

    def path_of(self, version: str) -> Path:
        """Where a model of this name is, or would be."""
        return self.folder / f"{version}{SUFFIX}"

    def lessons_of(self, version: str) -> Path:
        """Where the lessons of a model of this name are, or would be."""
        return self.folder / f"{version}{LESSONS}"

    def names(self) -> list[str]:
        """The file names of all models, the newest first: they begin with a date."""
        return sorted((path.name for path in self.folder.glob(f"*{SUFFIX}")), reverse=True)

    def in_use(self) -> str:
        """The model in use as `classifier_of` takes it: «cold», or a path."""
        name = self.history()[-1]
        return name if name == COLD else str(self.folder / name)

    def history(self) -> list[str]:
        """Names in the order they came into use; «cold» stands before all."""
        try:
            names = (self.folder / ACTIVE).read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            names = []
        return [COLD, *(name for name in names if name)]

    def save(self, path: Path, data: bytes) -> None:
        """Write a file whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".new")
        beside.write_bytes(data)
        os.replace(beside, path)

    def activate(self, path: Path, data: bytes, lessons: Path) -> None:
        """Take a model into use; one from elsewhere is copied into the folder first."""
        self._bring(path, data)
        self._bring(lessons, lessons.read_bytes())
        self.use(path.name)

    def _bring(self, path: Path, data: bytes) -> None:
        here = self.folder / path.name
        if not here.exists() or here.read_bytes() != data:
            self.save(here, data)

    def use(self, name: str) -> None:
        """Use a model of the folder, or «cold»."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ACTIVE).open("a", encoding="utf-8") as file:
            file.write(name + "\n")
