"""The folder of models as values: what /models shows, and what is refused by name."""

from __future__ import annotations

import re
from typing import Any

from bot.models import Models
from services.teaching import mark_of
from services.understanding.guess import COLD

MOST = 8
"""So many of the newest are listed, and the one in use."""
SHOWN = ("texts", "group", "auto", "auto_right")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=-)")


def listed(models: Models) -> list[dict[str, Any]]:
    """The newest models and «cold», each with its figures or with what is wrong with its file."""
    history = models.history()
    used, before = history[-1], history[-2] if len(history) > 1 else None
    names = models.names()
    shown = [n for i, n in enumerate(names) if i < MOST or n in (used, before)]
    # The one in use is named even where its file is gone.
    missing = [used] if used not in (*names, COLD) else []
    return [
        {**described(models, name), "used": name == used, "before": name == before}
        for name in (*shown, *missing, COLD)
    ]


def described(models: Models, name: str) -> dict[str, Any]:
    """One model: its name, mark, day and figures; `why` where it can't be used."""
    about: dict[str, Any] = {"name": name, "mark": mark_of(name)}
    if name == COLD:
        return about
    # NumPy and the vocabulary are paid for when models are looked at.
    from bot.classifier import ModelRefused, read_model

    try:
        model = read_model(models.folder / name)
    except ModelRefused as error:
        return {**about, "why": error.reason}
    day = _DAY.match(model.version)
    return {
        **about,
        "version": model.version,
        "day": day[0] if day else None,
        **{key: model.figures.get(key, 0.0) for key in SHOWN},
    }


def named(models: Models, mark: str) -> str | None:
    """The file with this mark, «cold» among them; None when there is none any more."""
    return next((n for n in (*models.names(), COLD) if mark_of(n) == mark), None)
