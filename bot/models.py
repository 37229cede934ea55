"""The folder of models: which one is in use, and which were before.

`active` is a plain list of file names, the last of them in use; «cold» stands for the vocabulary
alone. A line is only ever added, so going back is using an earlier name again.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path("var/models")
SUFFIX = ".model"
COLD = "cold"
ACTIVE = "active"


class Models:
    """Models in a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder

    def path_of(self, version: str) -> Path:
        """Where a model of this name is, or would be."""
        return self.folder / f"{version}{SUFFIX}"

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
        """Write a model whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".new")
        beside.write_bytes(data)
        os.replace(beside, path)

    def activate(self, path: Path, data: bytes) -> None:
        """Take a model into use; one from elsewhere is copied into the folder first."""
        here = self.folder / path.name
        if not here.exists() or here.read_bytes() != data:
            self.save(here, data)
        self.use(path.name)

    def use(self, name: str) -> None:
        """Use a model of the folder, or «cold»."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ACTIVE).open("a", encoding="utf-8") as file:
            file.write(name + "\n")
