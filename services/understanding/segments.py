"""Two unrelated problems in one text: told apart by what each of its parts is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from services.understanding.lemmas import plain
from services.understanding.sentences import is_greeting, sentences

_AND_ALSO = re.compile(
    r"[,;]?\s+(?:а\s+)?(?:также|ещё|еще|и\s+ещё|и\s+еще|кроме\s+того|помимо\s+этого|заодно|плюс"
    r"|вдобавок|второе|во-вторых|и\s+второй\s+вопрос)[\s,:]+",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:\d{1,2}[).]|(?:а\s+|и\s+)?(?:также|ещё|еще|кроме\s+того|заодно|второе|во-вторых)\b)",
    re.IGNORECASE,
)
_FEWEST = 2
"""Words of a part that may speak of a problem."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a part is about, as the caller's topics say; `kin` is shared by related topics."""

    topic: str
    kin: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a text about one thing."""

    text: str
    subject: Subject
    apart: bool = False
    """The citizen parted it himself: «ещё», a number, a new line."""


def segments(text: str, about: Callable[[str], Subject | None]) -> tuple[Segment, ...]:
    """The parts of a text that speak of unrelated problems; one or none where there are no two.

    `about` says what a piece of text is surely about, None where that is not sure. Pieces that
    say nothing for themselves belong to the problem before them.
    """
    found: list[Segment] = []
    opening = ""
    for piece, apart in _pieces(text):
        subject = None if is_greeting(piece) else about(piece)
        if subject is None and not found:
            opening = f"{opening} {piece}".strip()
        elif subject is None or (found and _related(found[-1].subject, subject)):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {piece}")
        else:
            found.append(Segment(f"{opening} {piece}".strip(), subject, apart))
            opening = ""
    return _merged(found)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Sentences, and parts of sentences after «а ещё»; whether the citizen parted each himself."""
    pieces: list[tuple[str, bool]] = []
    for sentence in sentences(text):
        start = 0
        apart = "\n" in text[: sentence.start][-2:] or _NEXT.match(sentence.text) is not None
        for match in _AND_ALSO.finditer(sentence.text):
            head, tail = sentence.text[start : match.start()], sentence.text[match.end() :]
            if min(len(head.split()), len(tail.split())) >= _FEWEST:
                pieces.append((head.strip(), apart))
                start, apart = match.end(), True
        pieces.append((sentence.text[start:].strip(), apart))
    return [piece for piece in pieces if re.search(r"\w", plain(piece[0]))]


def _related(one: Subject, other: Subject) -> bool:
    return one.topic == other.topic or one.kin == other.kin


def _merged(found: list[Segment]) -> tuple[Segment, ...]:
    """What is said of one problem in two places is one part."""
    parts: list[Segment] = []
    for segment in found:
        same = next((i for i, p in enumerate(parts) if _related(p.subject, segment.subject)), None)
        if same is None:
            parts.append(segment)
        else:
            parts[same] = replace(parts[same], text=f"{parts[same].text} {segment.text}")
    return tuple(parts)
