"""Streets from the state address register (ГАР): AS_ADDR_OBJ and a hierarchy, read as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from bot.streets.rows import BadFileError, Found, Row, kind_of, named
from services.understanding.lemmas import plain

_TOWNS, _STREET = range(4, 7), 8
"""Levels of the register: towns and villages; elements of the road network."""
_DEEPEST = 12
_STEP = 1_000
"""Elements between two words about how far it is."""
_HIERARCHIES = ("as_adm_hierarchy", "as_mun_hierarchy")


@dataclass(frozen=True, slots=True)
class _Object:
    name: str
    kind: str
    level: int
    parent: str | None


def read_register(
    path: Path,
    settlements: Iterable[str],
    *,
    town: str,
    hierarchy: Path | None,
    seen: Callable[[int], None],
) -> Found:
    """Every street whose settlement is the municipality's.

    A village counts only where it lies under `town`: the region has others of its name.
    `hierarchy`: who lies under whom; looked for beside the file when it is not given. `seen` is
    told how many bytes have been read. Raises BadFileError.
    """
    known = {plain(name): name for name in settlements}
    found = Found()
    objects = dict(_objects(path, found, seen))
    if not objects and not found.bad:
        raise BadFileError(f"{path}: expected address objects (OBJECT), got none")
    parents = {key: item.parent for key, item in objects.items() if item.parent}
    if not parents:
        parents = dict(_parents(_beside(path, hierarchy), seen))
    for key, item in objects.items():
        if item.level != _STREET:
            continue
        kind = kind_of(item.kind)
        above = list(_above(key, parents, objects))
        home = next((o for o in above if o.level in _TOWNS and plain(o.name) in known), None)
        if kind is None:
            found.others += 1
        elif home is None or not any(plain(town) in plain(o.name) for o in above):
            nearest = next((o.name for o in above if o.level in _TOWNS), "?")
            found.strange[nearest] = found.strange.get(nearest, 0) + 1
        else:
            name, in_name = named(item.name, kind)
            found.rows.append(Row(known[plain(home.name)], name, in_name))
    return found


def _objects(
    path: Path, found: Found, seen: Callable[[int], None]
) -> Iterator[tuple[str, _Object]]:
    for number, attributes in _elements(path, ("OBJECT", "Object"), seen):
        get = _getter(attributes)
        if get("ISACTUAL", "1") != "1" or get("ISACTIVE", "LIVESTATUS", "1") != "1":
            continue
        key, name, level = (
            get("OBJECTID", "AOGUID"),
            get("NAME", "FORMALNAME"),
            get("LEVEL", "AOLEVEL"),
        )
        if not key or not name or not level.isdecimal():
            found.bad.append((number, "expected OBJECTID, NAME and LEVEL, got " + _got(attributes)))
            continue
        # The old register called streets level 7.
        street = level == "7" and "AOGUID" in attributes
        parent = get("PARENTOBJID", "PARENTGUID") or None
        kind = get("TYPENAME", "SHORTNAME")
        yield key, _Object(name.strip(), kind, _STREET if street else int(level), parent)


def _getter(attributes: dict[str, str]) -> Callable[..., str]:
    """The first of some attributes; a last argument that is no name is what it is by default."""

    def get(*names: str) -> str:
        default = names[-1] if names[-1].isdecimal() else ""
        return next((attributes[name] for name in names if name in attributes), default)

    return get


def _got(attributes: dict[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in list(attributes.items())[:4]) or "nothing"


def _parents(path: Path, seen: Callable[[int], None]) -> Iterator[tuple[str, str]]:
    for _number, item in _elements(path, ("ITEM",), seen):
        if item.get("ISACTIVE", "1") == "1" and item.get("OBJECTID") and item.get("PARENTOBJID"):
            yield item["OBJECTID"], item["PARENTOBJID"]


def _beside(path: Path, hierarchy: Path | None) -> Path:
    if hierarchy is not None:
        return hierarchy
    for name in _HIERARCHIES:
        for file in sorted(path.parent.iterdir()):
            if file.name.lower().startswith(name) and file.suffix.lower() == ".xml":
                return file
    raise BadFileError(
        f"{path}: expected AS_ADM_HIERARCHY_*.XML beside it (or --hierarchy FILE): without it "
        "nothing says which settlement a street lies in"
    )


def _above(key: str, parents: dict[str, str], objects: dict[str, _Object]) -> Iterator[_Object]:
    """What an object lies under, the nearest first."""
    for _step in range(_DEEPEST):
        key = parents.get(key, "")
        if not key:
            return
        if key in objects:
            yield objects[key]


def _elements(
    path: Path, tags: tuple[str, ...], seen: Callable[[int], None]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Attributes of every element, one at a time: files of a region do not fit in memory."""
    number, read = 0, 0
    with path.open("rb") as file:
        try:
            events = ElementTree.iterparse(file, events=("start", "end"))
            _event, root = next(iter(events))
            for event, element in events:
                if event == "end" and element.tag in tags:
                    number += 1
                    yield number, dict(element.attrib)
                    root.clear()
                    if number % _STEP == 0:
                        seen(file.tell() - read)
                        read = file.tell()
        except ElementTree.ParseError as error:
            raise BadFileError(f"{path}: expected XML, got: {error}") from None
