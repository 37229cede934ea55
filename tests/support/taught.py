"""Models of texts of our own, and labels of staff by the hundred."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.classifier import lexicon
from bot.models import Models
from services.classifier.features import look
from services.classifier.learned import Learned
from services.classifier.lessonfile import pack_lessons
from services.classifier.modelfile import pack
from services.classifier.training.lessons import Lesson
from services.classifier.training.teach import teach
from services.model import Appeal, AppealId, Because, Label
from services.understanding.lemmas import tokens_of
from storage.unit import UnitOfWork
from tests.support.lessons import lessons

THRESHOLD = 0.82
"""Of every model that is put into a folder."""


@cache
def our_lessons() -> tuple[Lesson, ...]:
    """The texts as the classifier sees them."""
    return tuple(
        Lesson(look(text, tokens_of(text), lexicon()), group, topic)
        for text, group, topic in lessons()
    )


@cache
def our_model() -> Learned:
    """A model of them."""
    return teach(our_lessons(), lexicon(), "ours", lambda _step: None)


def put_model(folder: Path, version: str, *, base: bool = False) -> str:
    """A model in a folder, with its lessons beside it where wanted; its file name."""
    models = Models(folder)
    opinion = replace(our_model().opinion, threshold=THRESHOLD)
    model = replace(our_model(), version=version, base=version if base else "", opinion=opinion)
    path = models.path_of(version)
    models.save(path, pack(model))
    if base:
        models.save(models.lessons_of(version), pack_lessons(our_lessons(), model.fingerprint))
    return path.name


async def put_labels(
    uow: UnitOfWork, like: int, rows: list[tuple[str, str]], now: datetime
) -> None:
    """Cases like another one, each with what a person has said: (text, group)."""
    appeal = await uow.need(Appeal, like)
    for text, group in rows:
        case = replace(appeal, id=AppealId(uow.new_id(Appeal)), text=text)
        uow.add(case)
        uow.add(
            Label(
                uow.new_id(Label),
                case.id,
                text,
                "HCS",
                [group],
                None,
                Because.CHOSEN,
                appeal.person_id,
                now,
            )
        )
