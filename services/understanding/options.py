"""Whose matter it is: what a classifier says and what our own words say, put together.

chance of a block = the chances of its groups; a group counts for the block of our best topic when
                    that is of this group, else for the block of its likeliest topic
told              = the classifier's confidence, more where several groups are of one block
trust             = told, or the middle of told and the confidence of our words when they are less
                    sure of the same block; half of told when they name another
sure              = what a model says that has learnt how far it can be trusted (`auto`); else that
                    or trust ≥ the municipality's `sure`: two opinions

Where the classifier sees nothing, or a group by words that are of no topic, our words speak alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.municipality import Municipality, Topic
from services.understanding.guess import Guess, same
from services.understanding.model import Candidate

SHOWN = 3
OPPOSED = 0.5
"""What an opinion is worth when the other does not share it."""
ALONE = 0.8
"""What our words are worth when the classifier has none."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where it may belong, best first, of different blocks; and how far the first is believed."""

    candidates: tuple[Candidate, ...]
    trust: float
    sure: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A block by the classifier."""

    topic: Topic
    chance: float
    words: tuple[str, ...]


def options(
    town: Municipality, guess: Guess, ours: tuple[Candidate, ...], confidence: float
) -> Options:
    """`ours`: topics by our own words, best first; `confidence`: how far they are believed."""
    told = _told(town, guess, ours)
    if told and not guess.topics and not _agree(told, ours):
        told = []
    candidates = [_candidate(town, one, ours) for one in told]
    blocks = {one.block for one in candidates}
    # Our best stands among the three in any case.
    place = SHOWN - 1 if told else 0
    for one in ours:
        if one.block not in blocks:
            blocks.add(one.block)
            candidates.insert(place, _beside(one) if told else one)
            place += 1
    trust, auto = confidence * ALONE, False
    if told:
        believed = min(guess.confidence * told[0].chance / guess.groups[0][1], told[0].chance)
        believed, auto = max(guess.confidence, believed), guess.auto
        both = min(believed, (believed + confidence) / 2)
        trust = both if _agree(told, ours) else believed * OPPOSED
    if auto:
        trust = max(trust, guess.confidence)
    two = trust >= town.sure and not (told and guess.calibrated)
    sure = bool(candidates) and (auto or two)
    return Options(tuple(candidates[:SHOWN]), round(trust, 3), sure)


def likely(
    town: Municipality, found: Options, guess: Guess, ours: tuple[Candidate, ...]
) -> tuple[str, ...]:
    """Topics by both opinions together, then by the classifier's, then by our words."""
    told = [town.subjects[same(n)] for n in guess.ranking if same(n) in town.subjects]
    both = (one.topic for one in found.candidates)
    return tuple(dict.fromkeys((*both, *told, *(one.topic for one in ours))))


def _agree(told: list[_Told], ours: tuple[Candidate, ...]) -> bool:
    return bool(ours) and ours[0].block == told[0].topic.block


def _told(town: Municipality, guess: Guess, ours: tuple[Candidate, ...]) -> list[_Told]:
    """Blocks by their chances; of each the likeliest topic."""
    codes = [town.subjects[same(n)] for n, _ in guess.topics if same(n) in town.subjects]
    likely = [town.topics[code] for code in (*(one.topic for one in ours[:1]), *codes)]
    found: dict[str, _Told] = {}
    for number, (name, chance) in enumerate(guess.groups):
        code = town.groups.get(same(name))
        if code is None:
            continue
        topic = next((t for t in likely if same(t.group) == same(name)), town.topics[code])
        words = guess.reasons[number] if number < len(guess.reasons) else ()
        before = found.get(topic.block)
        if before is None:
            found[topic.block] = _Told(topic, chance, words)
        else:
            found[topic.block] = _Told(before.topic, before.chance + chance, before.words)
    return sorted(found.values(), key=lambda told: -told.chance)


def _candidate(town: Municipality, told: _Told, ours: tuple[Candidate, ...]) -> Candidate:
    """Our own topic of the block where its words are met: it is finer and named as people do."""
    mine = [one for one in ours if one.block == told.topic.block]
    group = same(told.topic.group)
    near = [one for one in mine if same(town.topics[one.topic].group) == group]
    best = next(iter(near or mine), None)
    topic = best.topic if best is not None else told.topic.code
    words = dict.fromkeys((*(best.words if best is not None else ()), *told.words))
    return Candidate(topic, told.topic.block, round(told.chance, 4), tuple(words))


def _beside(one: Candidate) -> Candidate:
    """A block that only our words name stands after those of the classifier."""
    return Candidate(one.topic, one.block, 0.0, one.words)
