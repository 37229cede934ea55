"""The running hub reads with the model in use, and takes up another one (bot/reading.py)."""

from pathlib import Path

import pytest

from bot.classifier import lexicon
from bot.models import COLD, Models
from bot.municipality import load_municipality
from bot.reading import Reader
from services.classifier.features import look
from services.classifier.modelfile import pack
from services.classifier.training.lessons import Lesson
from services.classifier.training.teach import teach
from services.understanding.lemmas import tokens_of

HOLE = "Большая яма на дороге, разбит асфальт"
LIFT = "В доме застрял лифт, нет отопления"
GROUPS = {
    "Дороги": (HOLE, "Яма на улице у школы", "Асфальт провалился, ямы"),
    "ЖКХ": (LIFT, "Не работает лифт", "Холодные батареи в доме"),
}


@pytest.fixture(scope="module")
def model() -> bytes:
    lessons = [
        Lesson(look(text, tokens_of(text), lexicon()), group, "")
        for group, texts in GROUPS.items()
        for text in texts * 10
    ]
    return pack(teach(lessons, lexicon(), "taught", lambda _step: None))


@pytest.fixture
def models(tmp_path: Path) -> Models:
    return Models(tmp_path / "models")


def test_another_model_is_taken_up_while_it_runs(models: Models, model: bytes) -> None:
    reader = Reader(load_municipality(), models)
    assert reader(HOLE).model == COLD
    assert not reader.refresh()
    models.activate(models.path_of("taught"), model)
    assert reader.refresh()
    assert reader(HOLE).model == reader.model == "taught"
    assert reader(HOLE).block == "ROD"
    assert not reader.refresh()


def test_going_back_to_the_vocabulary(models: Models, model: bytes) -> None:
    models.activate(models.path_of("taught"), model)
    reader = Reader(load_municipality(), models)
    assert reader(LIFT).model == "taught"
    models.use(COLD)
    assert reader.refresh()
    assert reader(LIFT).model == COLD


def test_a_damaged_model_changes_nothing(models: Models, model: bytes) -> None:
    models.activate(models.path_of("taught"), model)
    reader = Reader(load_municipality(), models)
    models.activate(models.path_of("broken"), model[:-100])
    reader.refresh()
    assert reader(HOLE).model == "taught"


def test_the_hub_starts_beside_a_damaged_model(models: Models) -> None:
    models.activate(models.path_of("broken"), b"nothing")
    reader = Reader(load_municipality(), models)
    assert reader(HOLE).model == COLD
    assert reader(HOLE).block == "ROD"
