"""Two opinions on whose matter it is: the classifier's and the town's own words (options.py)."""

import pytest

from bot.municipality import load_municipality
from bot.vocabulary import load_vocabulary
from services.understanding.guess import Guess, same
from services.understanding.model import Candidate
from services.understanding.options import Options, options

TOWN = load_municipality()
ROADS, YARDS, HOUSING = "Дороги", "Благоустройство", "ЖКХ"
POTHOLES = "Некачественное покрытие асфальтовых дорог (ямы, выбоины и пр.)"


def guess(
    *groups: tuple[str, float],
    topic: str = POTHOLES,
    confidence: float = 0.9,
    auto: bool = False,
    calibrated: bool = False,
) -> Guess:
    topics = ((topic, 1.0),) if topic else ()
    reasons = (("яма", "асфальт"), ("двор",), ("дом",))[: len(groups)]
    return Guess(groups, topics, confidence, auto, reasons, calibrated)


def ours(*topics: str) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(code, TOWN.topics[code].block, 1.0 - n / 10, ("слово",))
        for n, code in enumerate(topics)
    )


def blocks(found: Options) -> list[str]:
    return [one.block for one in found.candidates]


def test_two_opinions_of_one_block_need_no_person() -> None:
    found = options(TOWN, guess((ROADS, 0.95)), ours("pothole"), 0.9)
    assert found.sure
    assert found.candidates[0].topic == "pothole"
    assert found.candidates[0].words == ("слово", "яма", "асфальт")


@pytest.mark.parametrize(("told", "own"), [(0.7, 1.0), (0.9, 0.6), (0.77, 0.77)])
def test_one_weak_opinion_is_no_second_one(told: float, own: float) -> None:
    found = options(TOWN, guess((ROADS, 0.95), confidence=told), ours("pothole"), own)
    assert not found.sure
    assert found.trust == pytest.approx(min(told, (told + own) / 2), abs=0.03)


def test_opinions_that_differ_go_to_a_person_with_both() -> None:
    found = options(TOWN, guess((ROADS, 0.95), (YARDS, 0.05)), ours("lift"), 1.0)
    assert not found.sure
    assert blocks(found) == ["ROD", "IMP", "HCS"], "ours stands among the three"


def test_our_finer_topic_decides_the_block_inside_its_group() -> None:
    # The region counts the beach as a public space; in the town the resort's block keeps it.
    found = options(TOWN, guess((YARDS, 0.9), topic=""), ours("beach"), 0.9)
    assert blocks(found)[0] == "TOU"
    assert found.sure


def test_groups_of_one_block_speak_together() -> None:
    both = guess((HOUSING, 0.5), ("Энергетика", 0.5), topic="", confidence=0.45)
    found = options(TOWN, both, ours("gas_supply"), 1.0)
    assert blocks(found) == ["HCS"]
    assert found.trust == pytest.approx(0.9)


def test_a_model_that_has_learnt_answers_for_itself() -> None:
    unsure = guess((ROADS, 0.95), auto=False, calibrated=True)
    assert not options(TOWN, unsure, ours("pothole"), 1.0).sure
    sure = guess((ROADS, 0.95), auto=True, calibrated=True)
    assert options(TOWN, sure, ours("lift"), 1.0).sure


def test_a_topic_that_we_have_no_word_for_has_a_block_and_a_name() -> None:
    subject = next(t for _, t in load_vocabulary().topics if t.code == "water_towers")
    name, code = subject.name, TOWN.subjects[same(subject.name)]
    found = options(TOWN, guess((HOUSING, 1.0), topic=name), (), 0.0)
    assert found.candidates[0].topic == code == "im.water_towers"
    assert TOWN.topics[code].block == "HCS"
    assert not found.sure


def test_our_words_alone_are_believed_where_the_classifier_is_silent() -> None:
    silent = Guess((), (), 0.0, auto=False, calibrated=False)
    assert options(TOWN, silent, ours("beach_access"), 1.0).sure
    assert not options(TOWN, silent, ours("beach_access"), 0.9).sure
    assert options(TOWN, silent, (), 0.0) == Options((), 0.0, False)


def test_a_group_without_a_topic_counts_only_with_our_word() -> None:
    stray = guess(("Здравоохранение", 1.0), topic="", confidence=0.8)
    assert options(TOWN, stray, (), 0.0) == Options((), 0.0, False)
    assert blocks(options(TOWN, stray, ours("pothole"), 0.5)) == ["ROD"]
