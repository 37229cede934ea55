"""`python -m bot learn`: a model from labelled texts, with honest figures. Offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import SystemClock
from bot.commands.offline import models, pass_over, reading, spoken
from bot.commands.plainly import fail
from bot.i18n import DEFAULT_LOCALE, _, ngettext
from bot.models import LESSONS, Models, version_of
from bot.tables import Row, read_rows

if TYPE_CHECKING:
    from services.classifier.learned import Learned
    from services.classifier.training.lessons import Lesson
    from services.understanding.guess import Classifier
    from services.understanding.lemmas import Token

    Words = tuple[str, tuple[Token, ...]]

COLUMNS = ("text", "group", "topic")
NEEDED = {"text", "group"}
FEWEST = 100
MOST = 6000
"""The time grows with the cube of the texts; the latest are kept."""


def learn(
    source: Annotated[
        Path, typer.Option("--from", help="CSV with the columns text, group and topic.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Model to write; by default in var/models.", dir_okay=False)
    ] = None,
    activate: Annotated[bool, typer.Option("--activate", help="Use it from now on.")] = False,
    lang: Annotated[str, typer.Option(help="ru or en")] = DEFAULT_LOCALE,
) -> None:
    """Learn groups and topics from the municipality's own appeals; prints the model's path last."""
    with spoken(lang), reading(source):
        _run(source, out, activate)


def _run(source: Path, out: Path | None, activate: bool) -> None:
    rows = _good(read_rows(source, COLUMNS))
    if len(rows) < FEWEST or len({row.values["group"].casefold() for row in rows}) < 2:
        fail(_("At least {n} texts of two groups are needed to learn", n=FEWEST))
    # NumPy and the dictionaries are paid for by those who learn.
    from services.classifier.lessonfile import pack_lessons
    from services.classifier.modelfile import pack

    shelf = models()
    texts = _read(rows)
    lessons, model = _taught(rows, texts)
    path = out or shelf.path_of(model.version)
    data = pack(model)
    shelf.save(path, data)
    beside = path.with_name(model.version + LESSONS)
    shelf.save(beside, pack_lessons(lessons, model.fingerprint))
    _compare(model, lessons, texts, shelf)
    if activate:
        shelf.activate(path, data, beside)
        typer.echo(_("In use from now on: {version}", version=model.version))
    typer.echo(str(path))


def _good(rows: Iterator[Row]) -> list[Row]:
    """Rows to learn from: whole, each once, the latest."""
    good: dict[tuple[str, ...], Row] = {}
    bad, repeated = 0, 0
    for row in rows:
        if NEEDED & set(row.bad):
            bad += 1
            pass_over(row, sorted(NEEDED & set(row.bad)))
            continue
        key = tuple(" ".join(row.values[name].casefold().split()) for name in COLUMNS)
        repeated += key in good
        good[key] = row
    read = ngettext("{n} text to learn from", "{n} texts to learn from", len(good))
    passed = ngettext("{n} row passed over", "{n} rows passed over", bad)
    again = ngettext("{n} repeat", "{n} repeats", repeated)
    typer.echo(f"{read}; {passed}; {again}", err=True)
    return list(good.values())[-MOST:]


def _read(rows: Sequence[Row]) -> list[Words]:
    """Every text without personal data, and its words."""
    from services.understanding import mask
    from services.understanding.lemmas import tokens_of

    label = _("Reading")
    with typer.progressbar(rows, label=label, file=typer.get_text_stream("stderr")) as bar:
        masked = [mask(row.values["text"]) for row in bar]
    return [(text, tokens_of(text)) for text in masked]


def _taught(rows: Sequence[Row], texts: Sequence[Words]) -> tuple[list[Lesson], Learned]:
    from bot.classifier import lexicon
    from services.classifier.features import look
    from services.classifier.training.lessons import Lesson
    from services.classifier.training.teach import STEPS, teach

    lessons = [
        Lesson(look(*words, lexicon()), row.values["group"], row.values["topic"])
        for row, words in zip(rows, texts, strict=True)
    ]
    said = (repr(sorted(row.values.items())) for row in rows)
    version = version_of(f"{SystemClock().now():%Y-%m-%d}", len(rows), said)
    label = _("Learning")
    stderr = typer.get_text_stream("stderr")
    with typer.progressbar(length=STEPS, label=label, file=stderr) as steps:
        model = teach(lessons, lexicon(), version, lambda _step: steps.update(1))
    return lessons, replace(model, base=version)


def _compare(
    model: Learned, lessons: Sequence[Lesson], texts: Sequence[Words], shelf: Models
) -> None:
    """The new model by cross-validation beside the one in use on the same texts."""
    from bot.classifier import ModelRefused, classifier_of

    used = shelf.in_use()
    try:
        rival = classifier_of(used)
    except ModelRefused as error:
        typer.echo(str(error), err=True)
        rival = classifier_of("cold")
    theirs = _figures(rival, texts, lessons)
    typer.echo(f"{'':34s} {_('the new'):5s} {rival.version}")
    names = {
        "group": _("group right"),
        "group_f1": _("group, macro-F1"),
        "group_top3": _("group among the three best"),
        "topic": _("topic right"),
        "topic_top3": _("topic among the three best"),
        "auto": _("routed without a person"),
        "auto_right": _("of them right"),
    }
    for key, name in names.items():
        typer.echo(f"{name:34s} {model.figures[key]:.3f} {theirs[key]:.3f}")
    typer.echo(_("New: cross-validation, every text asked of a model that had not seen it."))
    if rival.version != "cold":
        typer.echo(_("The one in use may have learnt from some of these texts."))


def _figures(
    rival: Classifier, texts: Sequence[Words], lessons: Sequence[Lesson]
) -> dict[str, float]:
    from services.classifier.training.rivals import figures_of_guesses

    label = _("Comparing with {version}", version=rival.version)
    with typer.progressbar(texts, label=label, file=typer.get_text_stream("stderr")) as bar:
        guesses = [rival.guess(*words) for words in bar]
    return figures_of_guesses(guesses, lessons)
