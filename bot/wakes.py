"""Who is woken by a commit: only those whom it concerns."""

from __future__ import annotations

from typing import Protocol

from services.model import Attachment, DoomedFile, ModelTask
from storage.unit import UnitOfWork


class Sleeper(Protocol):
    """A part of the hub that rests until there is something to do."""

    def wake(self) -> None:
        """There may be."""


class Wakes:
    """`delivery` sends, `files` fetches and deletes files, `models` serves the administrators."""

    def __init__(self, *, delivery: Sleeper, files: Sleeper, models: Sleeper) -> None:
        self._delivery = delivery
        self._files = files
        self._models = models

    def committed(self, uow: UnitOfWork) -> None:
        """A transaction of this process was committed."""
        if uow.speaks:
            self._delivery.wake()
        if uow.written(Attachment) or uow.written(DoomedFile):
            self._files.wake()
        if uow.written(ModelTask):
            self._models.wake()

    def heard(self) -> None:
        """Another replica has committed something: of whose concern is not told."""
        self._delivery.wake()
        self._files.wake()
        self._models.wake()
