"""`python -m bot understand "текст"`: what the hub understands of a text, and why. Offline."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.offline import asked, spoken
from bot.i18n import DEFAULT_LOCALE
from bot.municipality import load_municipality


def understand(
    text: Annotated[str, typer.Argument(help="A citizen's words.")],
    model: Annotated[
        str, typer.Option(help="«cold», or a model file; by default the one in use.")
    ] = "",
    lang: Annotated[str, typer.Option(help="ru or en")] = DEFAULT_LOCALE,
) -> None:
    """Say what a text is about, where, how urgent, and which words told so."""
    with spoken(lang):
        # NumPy and the dictionaries are paid for by those who ask.
        from bot.views.understood import understood
        from bot.vocabulary import english_names
        from services import understanding

        town = load_municipality()
        context = understanding.Context.of(town, asked(model))
        lines = understood(
            town, english_names(), lambda words: understanding.understand(words, context), text
        )
        typer.echo("\n".join(lines))
