"""`import streets FILE`: the register and tables, what cannot be read, and the same file again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import directory
from bot.__main__ import cli
from bot.classifier import classifier_of
from bot.municipality import load_municipality, parse_municipality, read_document
from bot.streets import BadFileError, Row, merge, read
from services.understanding import Context, understand
from services.understanding.guess import COLD
from storage.store import Store

TOWN = load_municipality()

OBJECTS = """<?xml version="1.0" encoding="utf-8"?>
<ADDRESSOBJECTS>
<OBJECT ID="1" OBJECTID="10" NAME="Краснодарский" TYPENAME="край" LEVEL="1"/>
<OBJECT ID="2" OBJECTID="20" NAME="город Геленджик" TYPENAME="г.о." LEVEL="3"/>
<OBJECT ID="3" OBJECTID="30" NAME="Геленджик" TYPENAME="г" LEVEL="5"/>
<OBJECT ID="4" OBJECTID="40" NAME="Светлый" TYPENAME="п" LEVEL="6"/>
<OBJECT ID="5" OBJECTID="50" NAME="Каневской" TYPENAME="р-н" LEVEL="3"/>
<OBJECT ID="6" OBJECTID="60" NAME="Светлый" TYPENAME="п" LEVEL="6"/>
<OBJECT ID="7" OBJECTID="70" NAME="Парус" TYPENAME="мкр" LEVEL="7"/>
<OBJECT ID="8" OBJECTID="81" NAME="Ореховая" TYPENAME="ул" LEVEL="8"/>
<OBJECT ID="9" OBJECTID="82" NAME="Тихий" TYPENAME="пер." LEVEL="8"/>
<OBJECT ID="10" OBJECTID="83" NAME="Ореховая" TYPENAME="ул" LEVEL="8"/>
<OBJECT ID="11" OBJECTID="84" NAME="Чужая" TYPENAME="ул" LEVEL="8"/>
<OBJECT ID="12" OBJECTID="85" NAME="Бывшая" TYPENAME="ул" LEVEL="8" ISACTUAL="0" ISACTIVE="0"/>
<OBJECT ID="13" OBJECTID="86" NAME="Вишневая" TYPENAME="ул" LEVEL="8"/>
<OBJECT ID="14" OBJECTID="87" NAME="Ромашка" TYPENAME="снт" LEVEL="8"/>
<OBJECT ID="15" OBJECTID="" NAME="Безымянная" TYPENAME="ул" LEVEL="8"/>
</ADDRESSOBJECTS>"""
ITEMS = [(20, 10), (30, 20), (40, 20), (50, 10), (60, 50), (70, 30)]
ITEMS += [(81, 30), (82, 70), (83, 40), (84, 60), (85, 30), (86, 30), (87, 30)]
HIERARCHY = "<ITEMS>{}</ITEMS>".format(
    "".join(f'<ITEM OBJECTID="{a}" PARENTOBJID="{b}" ISACTIVE="1"/>' for a, b in ITEMS)
)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Two files of the register, as they are unpacked."""
    (tmp_path / "AS_ADM_HIERARCHY_20261101.XML").write_text(HIERARCHY, encoding="utf-8")
    file = tmp_path / "AS_ADDR_OBJ_20261101.XML"
    file.write_text(OBJECTS, encoding="utf-8")
    return file


def table(folder: Path, text: str) -> Path:
    """A CSV file with these lines."""
    file = folder / "streets.csv"
    file.write_text(text, encoding="utf-8")
    return file


def found_in(file: Path, only: str | None = None) -> tuple[set[tuple[str, str]], object]:
    """Settlements and streets of a file, and everything the reader says."""
    found = read(file, TOWN.settlements, town=TOWN.name, only=only)
    return {(row.settlement, row.street) for row in found.rows}, found


def test_the_register(register: Path) -> None:
    found = read(register, TOWN.settlements, town=TOWN.name)
    assert {(row.settlement, row.street) for row in found.rows} == {
        ("Геленджик", "Ореховая"),
        ("Геленджик", "пер. Тихий"),
        ("Геленджик", "Вишневая"),
        ("Светлый", "Ореховая"),
    }
    assert found.strange == {"Светлый": 1}, "the other village of that name"
    assert found.others == 1
    assert [number for number, _ in found.bad] == [15]


def test_without_a_hierarchy_it_says_what_it_needs(register: Path) -> None:
    next(register.parent.glob("AS_ADM*")).unlink()
    with pytest.raises(BadFileError, match="--hierarchy"):
        read(register, TOWN.settlements, town=TOWN.name)


@pytest.mark.parametrize(
    "text",
    [
        "settlement,street\nГеленджик,Ореховая\nКабардинка,переулок Тихий\n",
        "населённый пункт;тип;улица\nг. Геленджик;ул;Ореховая\nКабардинка с;пер.;Тихий\n",
        "@id,addr:city,highway,name\n1,Геленджик,residential,Ореховая улица\n"
        "2,село Кабардинка,residential,Тихий переулок\n",
        "\ufeffcity\tname\nГеленджик\tулица Ореховая\n\t\nКабардинка\tТихий пер.\n",
    ],
)
def test_tables(tmp_path: Path, text: str) -> None:
    rows, _ = found_in(table(tmp_path, text))
    assert rows == {("Геленджик", "Ореховая"), ("Кабардинка", "пер. Тихий")}


def test_a_table_of_one_settlement(tmp_path: Path) -> None:
    rows, _ = found_in(table(tmp_path, "name\nулица Ореховая\n"), only="Бетта")
    assert rows == {("Бетта", "Ореховая")}


def test_bad_rows_are_told_by_number_and_the_rest_go_on(tmp_path: Path) -> None:
    lines = "city,name\nГеленджик,\nГеленджик\n,Ореховая\nСочи,Курортная\nГеленджик,Ореховая\n"
    found = read(table(tmp_path, lines), TOWN.settlements, town=TOWN.name)
    assert [number for number, _ in found.bad] == [2, 3, 4]
    assert found.strange == {"Сочи": 1}
    assert found.rows == [Row("Геленджик", "Ореховая", "")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "expected a column street"),
        ("name\nОреховая\n", "--settlement"),
        ("<ADDRESSOBJECTS><OBJECT", "expected XML"),
        ("<OTHER></OTHER>", "expected address objects"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadFileError, match=words):
        read(table(tmp_path, text), TOWN.settlements, town=TOWN.name)


def test_the_same_again_adds_nothing() -> None:
    rows = [Row("Геленджик", "Вишневая", ""), Row("Бетта", "Тихий", "пер.")]
    once = merge(read_document(), rows)
    assert (once.streets, once.new) == (2, 1), "«Вишнёвая» is there already"
    again = merge(once.document, rows)
    assert (again.new, again.document) == (0, once.document)


def test_imported_streets_are_understood() -> None:
    rows = [Row("Бетта", "Тихий", "пер."), Row("Бетта", "Ореховая", "")]
    document = merge(read_document(), rows).document
    context = Context.of(parse_municipality(document, "test"), classifier_of(COLD))
    for text, words in (
        ("в переулке Тихом 4 яма", "Бетта, пер. Тихий, 4"),
        ("Тихий переулок, 4", "Бетта, пер. Тихий, 4"),
        ("на Ореховой 5 темно", "Бетта, ул. Ореховая, 5"),
    ):
        place = understand(text, context).place
        assert place is not None, text
        assert (place.text, place.settlement) == (words, "Бетта")


def _run(database: str, *arguments: str) -> Result:
    return CliRunner().invoke(
        cli, ["import", "streets", *arguments], env={"OTKLIK_DATABASE_URL": database}
    )


def test_the_command(tmp_path: Path, register: Path) -> None:
    database = f"sqlite:///{tmp_path / 'hub.db'}"
    first = _run(database, str(register))
    assert first.exit_code == 0, first.output
    assert "4 streets of 2 settlements, 3 new" in first.output
    assert "row 15: expected OBJECTID" in first.output
    assert "3 new" not in _run(database, str(register)).output
    versions, streets = asyncio.run(_stored(database))
    assert versions == 2, "the file that seeded it, and the streets once"
    assert "пер. Тихий" in streets
    missing = _run(database, str(tmp_path / "none.xml"))
    assert missing.exit_code == 2
    assert "expected a file, got none" in missing.output


async def _stored(database: str) -> tuple[int, tuple[str, ...]]:
    store = Store(database)
    try:
        town = await directory.load(store, None, now=datetime.now(UTC))
        async with store.reading() as uow:
            current = await uow.directory.current()
    finally:
        await store.close()
    assert current is not None
    return current.id, town.settlements["Геленджик"].streets
