"""The running hub reads with the model in use, and takes up another one (bot/reading.py)."""

from pathlib import Path

import pytest

from bot.models import Models
from bot.municipality import load_municipality
from bot.reading import Reader
from services.understanding.guess import COLD
from tests.support.taught import put_model

HOLE = "Большая яма на дороге, разбит асфальт"


@pytest.fixture
def models(tmp_path: Path) -> Models:
    return Models(tmp_path / "models")


def test_another_model_is_taken_up_while_it_runs(models: Models) -> None:
    reader = Reader(load_municipality(), models)
    assert reader(HOLE).model == COLD
    assert not reader.refresh()
    models.use(put_model(models.folder, "taught"))
    assert reader.refresh()
    assert reader(HOLE).model == reader.model == "taught"
    assert reader(HOLE).block == "ROD"
    assert not reader.refresh()


@pytest.mark.parametrize(
    "text",
    [
        HOLE,
        "В Кабардинке на Мира 5 яма на дороге",
        "На Ленина течёт колодец, у школы № 3",
        "Пожар на Морской 7, квартира 12, горит дом",
        "1530 км трассы М-4",
        "",
    ],
)
def test_a_place_is_read_without_the_classifier_as_with_it(models: Models, text: str) -> None:
    place = Reader(load_municipality(), models).place_of(text)
    assert place == Reader(load_municipality(), models)(text).place


def test_going_back_to_the_vocabulary(models: Models) -> None:
    models.use(put_model(models.folder, "taught"))
    reader = Reader(load_municipality(), models)
    assert reader(HOLE).model == "taught"
    models.use(COLD)
    assert reader.refresh()
    assert reader(HOLE).model == COLD


def test_a_damaged_model_changes_nothing(models: Models) -> None:
    models.use(put_model(models.folder, "taught"))
    reader = Reader(load_municipality(), models)
    whole = models.path_of("taught").read_bytes()
    models.save(models.path_of("broken"), whole[:-100])
    models.use("broken.model")
    reader.refresh()
    assert reader(HOLE).model == "taught"


def test_the_hub_starts_beside_a_damaged_model(models: Models) -> None:
    models.save(models.path_of("broken"), b"nothing")
    models.use("broken.model")
    reader = Reader(load_municipality(), models)
    assert reader(HOLE).model == COLD
    assert reader(HOLE).block == "ROD"
