"""`python -m bot classify`: what a file of texts is about, one JSON object a line. Offline."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.offline import asked, pass_over, reading, spoken
from bot.i18n import DEFAULT_LOCALE, ngettext
from bot.municipality import load_municipality
from bot.tables import read_rows

if TYPE_CHECKING:
    from services.understanding import Context

COLUMNS = ("id", "text")


def classify(
    source: Annotated[Path, typer.Option("--in", help="CSV with the columns id and text.")],
    out: Annotated[Path, typer.Option(help="JSONL to write.", dir_okay=False)],
    model: Annotated[
        str, typer.Option(help="«cold», or a model file; by default the one in use.")
    ] = "",
    lang: Annotated[str, typer.Option(help="ru or en")] = DEFAULT_LOCALE,
) -> None:
    """Say of every text its group, topic, urgency and place; rows with mistakes are passed over."""
    with spoken(lang), reading(source):
        _run(source, out, model)


def _run(source: Path, out: Path, model: str) -> None:
    rows = read_rows(source, COLUMNS)
    from services.understanding import Context

    context = Context.of(load_municipality(), asked(model))
    good, bad = 0, 0
    with out.open("w", encoding="utf-8") as file:
        for row in rows:
            if row.bad:
                pass_over(row, row.bad)
                bad += 1
                continue
            said = {"id": row.values["id"], **_said(row.values["text"], context)}
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
            good += 1
    done = ngettext("{n} text classified", "{n} texts classified", good)
    typer.echo(f"{done}; {ngettext('{n} row passed over', '{n} rows passed over', bad)}", err=True)


def _said(text: str, context: Context) -> dict[str, object]:
    from services.understanding import understand

    seen = understand(text, context)
    guess = seen.guess
    groups = [name for name, _chance in guess.groups]
    topics = [name for name, _chance in guess.topics]
    return {
        "group": groups[0] if groups else None,
        "topic": topics[0] if topics else None,
        "groups": groups,
        "topics": topics,
        "confidence": guess.confidence,
        "auto": seen.sure,
        "urgency": str(seen.urgency),
        "place": asdict(seen.place) if seen.place else None,
        "masked": seen.masked,
        "words": list(guess.words),
        "model": seen.model,
    }
