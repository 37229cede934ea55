"""Raw parameters → values of the declared types.

A query or a form carries everything as text, a JSON body carries real values or JSON in strings:
the same table decides for all of them. Unlike Telegram, an unknown name is an error here: it is
always a mistake of ours.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods_table import METHODS
from bot.sandbox.objects_table import OBJECTS, UNSUPPORTED, Param

_INTEGER = re.compile(r"[+-]?\d{1,19}")
_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_ARRAY = "Array of "
_ATTACHED = "attach://"
_FILES = ("photo", "document", "video", "animation", "audio", "voice", "video_note")
_SCALARS = {"Integer", "String", "Boolean", "InputFile"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    data: bytes


def decode(method: str, raw: Mapping[str, object], uploads: Mapping[str, Upload]) -> dict[str, Any]:
    """The call's parameters by the table, or a 400 that names what is wrong."""
    table = METHODS[method]
    values = {name: value for name, value in raw.items() if value is not None}
    values |= {name: upload for name, upload in uploads.items() if name in table}
    _check_names(table, values, "parameter")
    params = {name: _top(value, table[name].types, name) for name, value in values.items()}
    attached = _attach(params, uploads)
    for name in uploads:
        if name not in table and name not in attached:
            raise bad_request(f"unknown parameter «{name}»")
    return params


def _attach(params: dict[str, Any], uploads: Mapping[str, Upload]) -> set[str]:
    """Put files in the place of `attach://name`; the names that were used."""
    places: list[tuple[dict[str, Any], str]] = [(params, key) for key in _FILES]
    places += [(item, "media") for item in params.get("media", [])]
    used = set()
    for holder, key in places:
        value = holder.get(key)
        if not isinstance(value, str) or not value.startswith(_ATTACHED):
            continue
        name = value.removeprefix(_ATTACHED)
        if name not in uploads:
            raise bad_request(f"attached file «{name}» isn't in the request")
        holder[key] = uploads[name]
        used.add(name)
    return used


def _check_names(table: Mapping[str, Param], values: Mapping[str, object], kind: str) -> None:
    for name in values:
        if name not in table:
            raise bad_request(f"unknown {kind} «{name}»")
        if name in UNSUPPORTED:
            raise bad_request(f"{kind} «{name}» isn't supported by the sandbox")
    for name, param in table.items():
        if param.required and name not in values:
            raise bad_request(f"required {kind} «{name}» is missing")


def _top(value: object, types: tuple[str, ...], name: str) -> Any:
    """A parameter: text may stand for any type."""
    if isinstance(value, str) and not _SCALARS.intersection(types):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse «{name}» as JSON") from None
    if isinstance(value, str) and "Integer" in types and _INTEGER.fullmatch(value):
        return int(value)
    if isinstance(value, str) and types == ("Boolean",):
        if value.lower() in _BOOLEANS:
            return _BOOLEANS[value.lower()]
        raise _wrong(name, types, value)
    return _typed(value, types, name)


def _typed(value: object, types: tuple[str, ...], name: str) -> Any:
    if isinstance(value, list):
        return _array(value, types, name)
    if isinstance(value, dict):
        return _object(value, types, name)
    if isinstance(value, str) and "String" in types:
        return _text(value)
    fits = (
        (isinstance(value, bool) and "Boolean" in types)
        or (isinstance(value, int) and not isinstance(value, bool) and "Integer" in types)
        or (isinstance(value, Upload) and "InputFile" in types)
    )
    if fits:
        return value
    raise _wrong(name, types, value)


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return value


def _array(value: list[Any], types: tuple[str, ...], name: str) -> list[Any]:
    inner = tuple(t.removeprefix(_ARRAY) for t in types if t.startswith(_ARRAY))
    if not inner:
        raise _wrong(name, types, value)
    return [_typed(item, inner, f"{name}[{index}]") for index, item in enumerate(value)]


def _object(value: dict[str, Any], types: tuple[str, ...], name: str) -> dict[str, Any]:
    kind = _kind(value, types)
    if kind is None and types[0].startswith("InputMedia"):
        raise bad_request(f"«{name}» of type «{value.get('type')}» isn't supported by the sandbox")
    if kind is None:
        raise _wrong(name, types, value)
    table = OBJECTS[kind]
    given = {key: item for key, item in value.items() if item is not None}
    _check_names(table, given, f"field of {kind}")
    return {key: _typed(item, table[key].types, f"{name}.{key}") for key, item in given.items()}


def _kind(value: dict[str, Any], types: tuple[str, ...]) -> str | None:
    """Which of the objects in a union it is: media say so, markups have a field of their own."""
    known = [t for t in types if t in OBJECTS]
    if len(types) == 1:
        return known[0] if known else None
    for kind in known:
        if kind == f"InputMedia{str(value.get('type', '')).capitalize()}":
            return kind
        if "type" not in OBJECTS[kind] and next(iter(_required(kind))) in value:
            return kind
    return None


def _required(kind: str) -> list[str]:
    return [name for name, param in OBJECTS[kind].items() if param.required]


def _wrong(name: str, types: tuple[str, ...], value: object) -> Exception:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    return bad_request(f"«{name}» must be {' or '.join(types)}, got {shown}")
