"""How the running hub reads texts: with the classifier in use, taken up anew when it changes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import lru_cache

import structlog

from bot.classifier import ModelRefused, classifier_of
from bot.models import Models
from services.municipality import Municipality
from services.understanding import Context, Place, Understanding, look, understand
from services.understanding.guess import COLD, Classifier

log = structlog.get_logger()

KEPT = 512
"""Texts understood lately: each is read several times while its message is handled."""
LOOK = 5.0
"""Seconds between looks at which model is in use."""
WARM = "прогреть словари"


class Reader:
    """Understands texts; `follow` keeps it at the model that an administrator has chosen."""

    def __init__(self, town: Municipality, models: Models) -> None:
        self._models = models
        self._asked = COLD
        context, public = Context.of(town, classifier_of(COLD)), town.public_numbers
        # The town stays as it is while the hub runs, and no model is asked for a place.
        self._look = lru_cache(maxsize=KEPT)(lambda text: look(text, context.places, public))
        self._read_with(context)
        self.refresh()

    def __call__(self, text: str) -> Understanding:
        """What the hub makes of a text; slow the first time (half a millisecond and more)."""
        return self._read(text)

    def place_of(self, text: str) -> Place | None:
        """Where a text is about, without asking the classifier."""
        return self._look(text).place

    @property
    def model(self) -> str:
        """The classifier in use."""
        return self._context.classifier.version

    def refresh(self) -> bool:
        """Take up the model in use if it is another one; whether it was. Slow (a second).

        A model that can't be used changes nothing: the one before, or the vocabulary, goes on.
        """
        asked = self._models.in_use()
        if asked == self._asked:
            return False
        self._asked = asked
        self._take(asked)
        return True

    def _take(self, asked: str) -> None:
        try:
            classifier: Classifier = classifier_of(asked)
        except ModelRefused as error:
            log.error("model_refused", model=asked, why=str(error), still=self.model)
            return
        self._read_with(replace(self._context, classifier=classifier))
        log.info("model_in_use", model=classifier.version)

    def _read_with(self, context: Context) -> None:
        self._context = context
        self._read = lru_cache(maxsize=KEPT)(
            lambda text: understand(text, context, self._look(text))
        )
        self._read(WARM)

    async def follow(self) -> None:
        """Look for another model for as long as the hub runs."""
        while True:
            await asyncio.sleep(LOOK)
            await asyncio.to_thread(self.refresh)
