"""Results of lessons, kept across runs in one small file: first name → lesson → the best one."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services.training import Lesson, Verdict

NAME = re.compile(r"[^\W\d_]{1,20}(?:-[^\W\d_]{1,20})?")
"""A first name, double ones too; nothing that could be a surname, a number or an address."""
_VERSION = 1


class ResultsDamaged(Exception):
    """The file is there and can't be read; it is left as it is."""


@dataclass(frozen=True, slots=True)
class Result:
    """The best result of a lesson."""

    good: int
    total: int
    on: date
    remarks: tuple[str, ...] = ()
    """Codes of what could be better."""

    @property
    def full(self) -> bool:
        """Nothing could be better."""
        return self.good == self.total


class Results:
    """The results of one municipality's people; others in the file stay untouched."""

    def __init__(self, path: Path, municipality: str, *, today: Callable[[], date]) -> None:
        """Raises ResultsDamaged, OSError."""
        self._path, self._municipality, self._today = path, municipality, today
        self._load()

    def _load(self) -> None:
        self._whole = _read(self._path)
        self._people = _people(self._path, self._whole.get(self._municipality, {}))

    def names(self) -> list[str]:
        """Everybody who has learned here, in alphabetical order."""
        return sorted(self._people)

    def of(self, name: str) -> dict[Lesson, Result]:
        """A person's best results."""
        return dict(self._people.get(name, {}))

    def keep(self, name: str, lesson: Lesson, verdict: Verdict) -> Result:
        """Note how a lesson ended; a worse result never takes the place of a better one.

        Raises OSError, ResultsDamaged: then the file is as it was.
        """
        # Another room may have written meanwhile.
        self._load()
        codes = tuple(check.code for check in verdict.better)
        fresh = Result(len(verdict.good), len(verdict.checks), self._today(), codes)
        before = self._people.get(name, {}).get(lesson)
        best = fresh if before is None or fresh.good >= before.good else before
        self._people.setdefault(name, {})[lesson] = best
        self._write()
        return best

    def _write(self) -> None:
        people = {
            name: {lesson: asdict(r) | {"on": r.on.isoformat()} for lesson, r in found.items()}
            for name, found in sorted(self._people.items())
        }
        self._whole[self._municipality] = people
        document = {"version": _VERSION, "municipalities": self._whole}
        text = json.dumps(document, ensure_ascii=False, indent=1)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: a power cut leaves the old file or the new one.
        handle, fresh = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(fresh, self._path)
        except BaseException:
            Path(fresh).unlink(missing_ok=True)
            raise


def first_name(text: str) -> str:
    """The name as it is kept: «анна-мария» → «Анна-Мария». Raises ValueError for more than one."""
    words = text.strip()
    if not NAME.fullmatch(words):
        raise ValueError("first_name")
    return "-".join(part[:1].upper() + part[1:].lower() for part in words.split("-"))


def _read(path: Path) -> dict[str, Any]:
    """The municipalities of the file. Raises ResultsDamaged."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise ResultsDamaged(f"{path}: not a text file ({error.reason})") from None
    try:
        document = json.loads(text)
        if document["version"] != _VERSION:
            raise ResultsDamaged(f"{path}: written by another version of the program")
        return {str(k): dict(v) for k, v in document["municipalities"].items()}
    except json.JSONDecodeError as error:
        raise ResultsDamaged(f"{path}, line {error.lineno}: {error.msg}") from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ResultsDamaged(f"{path}: these are no results of lessons") from None


def _people(path: Path, found: dict[str, Any]) -> dict[str, dict[Lesson, Result]]:
    try:
        return {
            str(name): {Lesson(code): _result(raw) for code, raw in lessons.items()}
            for name, lessons in found.items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ResultsDamaged(f"{path}: a result can't be read ({error})") from None


def _result(raw: dict[str, Any]) -> Result:
    remarks: Sequence[str] = raw["remarks"]
    return Result(
        good=int(raw["good"]),
        total=int(raw["total"]),
        on=date.fromisoformat(raw["on"]),
        remarks=tuple(str(code) for code in remarks),
    )
