"""A message's text with its entities, as markup: what people wrote is escaped, always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from markupsafe import Markup, escape

Entity = dict[str, Any]

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "spoiler": "span",
}
_BREAK = "\n".encode("utf-16-le")
_T_ME = {"t.me", "telegram.me"}


@dataclass(slots=True)
class _Node:
    start: int
    end: int
    entity: Entity | None
    inside: list[_Node] = field(default_factory=list)


def start_parameter(url: str, bot: str) -> str | None:
    """The parameter of a deep link to this bot; None for any other address."""
    parts = urlsplit(url)
    if parts.hostname not in _T_ME or parts.path.strip("/").lower() != bot.lower():
        return None
    return parse_qs(parts.query).get("start", [None])[0]


def link(url: str, words: Markup, bot: str) -> Markup:
    """A link that stays in the town when it leads to the bot; others open beside it."""
    parameter = start_parameter(url, bot)
    if parameter is not None:
        return Markup('<a class="deep" href="/link?start={}">{}</a>').format(parameter, words)
    if urlsplit(url).scheme not in ("http", "https"):
        return words
    return Markup('<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>').format(
        url, words
    )


def rich(text: str, entities: Sequence[Entity], *, bot: str) -> Markup:
    """The text as markup. Offsets count UTF-16 units; entities nest, as Telegram sends them."""
    units = text.encode("utf-16-le")
    root = _Node(0, len(units) // 2, None)
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        _place(root, _Node(start, end, entity))
    return _shown(root, units, bot)


def _place(parent: _Node, node: _Node) -> None:
    last = parent.inside[-1] if parent.inside else None
    if last is not None and node.start < last.end:
        node.end = min(node.end, last.end)
        _place(last, node)
    else:
        parent.inside.append(node)


def _shown(node: _Node, units: bytes, bot: str) -> Markup:
    parts, at = [], node.start
    for child in node.inside:
        parts.append(_plain(units, at, child.start))
        parts.append(_shown(child, units, bot))
        at = child.end
        if _is_block(child) and units[at * 2 : at * 2 + 2] == _BREAK:
            # A block ends its line by itself.
            at += 1
    parts.append(_plain(units, at, node.end))
    inner = Markup("").join(parts)
    return inner if node.entity is None else _tagged(node, inner, units, bot)


def _is_block(node: _Node) -> bool:
    return node.entity is not None and node.entity["type"].endswith("blockquote")


def _plain(units: bytes, start: int, end: int) -> Markup:
    words = units[start * 2 : end * 2].decode("utf-16-le", "replace")
    return escape(words)


def _tagged(node: _Node, inner: Markup, units: bytes, bot: str) -> Markup:
    assert node.entity is not None
    kind = node.entity["type"]
    if kind == "text_link":
        return link(node.entity["url"], inner, bot)
    if kind == "url":
        return link(units[node.start * 2 : node.end * 2].decode("utf-16-le"), inner, bot)
    if kind in ("mention", "text_mention", "bot_command"):
        return Markup('<span class="mark">{}</span>').format(inner)
    tag = _TAGS.get(kind)
    if tag is None:
        return inner
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), inner)
