"""The catalogues' check of CI, and their update (`make messages`).

Both languages must have every message of the code, with the same {placeholders}, nothing fuzzy and
nothing left over.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALES = ROOT / "locales"
_PLACEHOLDER = re.compile(r"\{(\w+)[^}]*\}")


def extracted() -> Catalog:
    """Every message of the code.

    Read from the syntax tree: Babel's own extractor passes over calls inside f-strings and inside
    other calls' arguments.
    """
    template = Catalog(domain="hub", project="otklik", fuzzy=False)
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                _add(template, node.func.id, [_text(arg) for arg in node.args])
    return template


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _add(template: Catalog, function: str, args: list[str | None]) -> None:
    match function, args:
        case "_", [str(message)]:
            template.add(message)
        case "ngettext", [str(one), str(many), *_rest]:
            template.add((one, many))
        case "pgettext", [str(context), str(message)]:
            template.add(message, context=context)


def path_of(locale: str) -> Path:
    """The catalogue's file."""
    return LOCALES / locale / "LC_MESSAGES" / "hub.po"


def load(locale: str) -> Catalog:
    """The catalogue, or an empty one."""
    path = path_of(locale)
    if not path.exists():
        return Catalog(locale=locale, domain="hub", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain="hub")


def update() -> None:
    """Write the template and bring both catalogues to it; English speaks as the code does."""
    template = extracted()
    _write(LOCALES / "hub.pot", template)
    for locale in ("ru", "en"):
        catalogue = load(locale)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        if locale == "en":
            for message in catalogue:
                if message.id:
                    message.string = message.id
        _write(path_of(locale), catalogue)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, omit_header=False, no_location=True, sort_output=True, width=99)


def problems() -> list[str]:
    """Everything wrong with the catalogues, a line each."""
    wrong: list[str] = []
    wanted = {(m.context, m.id) for m in extracted() if m.id}
    for locale in ("ru", "en"):
        catalogue = load(locale)
        have = {(m.context, m.id): m for m in catalogue if m.id}
        wrong += [f"{locale}: missing {key[1]!r}" for key in sorted(wanted - set(have), key=str)]
        wrong += [f"{locale}: left over {key[1]!r}" for key in sorted(set(have) - wanted, key=str)]
        for message in have.values():
            wrong += _checked(locale, message, catalogue.num_plurals)
    return wrong


def _checked(locale: str, message: Message, plurals: int) -> list[str]:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if message.fuzzy or not all(strings):
        return [f"{locale}: not translated {message.id!r}"]
    if len(ids) > 1 and len(strings) != plurals:
        return [f"{locale}: {plurals} plural forms wanted: {message.id!r}"]
    want = set(_PLACEHOLDER.findall(ids[-1]))
    return [
        f"{locale}: other placeholders in {text!r}"
        for text in strings
        if set(_PLACEHOLDER.findall(text)) != want
    ]


def main() -> None:
    """`--update` rewrites; without it the check prints what is wrong and exits 1."""
    if "--update" in sys.argv:
        update()
        return
    found = problems()
    print("\n".join(found) or "catalogues: complete")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
