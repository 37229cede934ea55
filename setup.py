"""The one step of a build that pyproject.toml can't say: the catalogues of words are compiled."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

LOCALES = Path(__file__).parent / "locales"


class WithWords(build_py):
    """Every `hub.po` gets its `hub.mo` beside it, and then goes where the other files go."""

    def run(self) -> None:
        """Build."""
        for source in LOCALES.glob("*/LC_MESSAGES/hub.po"):
            with source.open("rb") as words, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(words, locale=source.parent.parent.name))
        super().run()


setup(cmdclass={"build_py": WithWords})
