"""Telegram's HTML: a small strict subset with its own words for what is wrong.

Offsets and lengths of entities are in UTF-16 units, offsets in errors are in bytes of the source.
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(
    r"""([^\s=>/"']+)\s*(?:=\s*(?:"([^"]*)(?:"|\Z)|'([^']*)(?:'|\Z)|([A-Za-z0-9.-]+)(?=[\s>])))?"""
)
_LINK = re.compile(r"(?:https?://[^\s/?#]+|tg://\S)|(?![a-z]+:)[^\s/?#:]+\.[^\s/?#]+", re.I)


def utf16_len(text: str) -> int:
    """Length as Telegram counts it: a character beyond the basic plane is two units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities, or a 400 in Telegram's words."""
    return _Parser(source).run()


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    position: int


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        source = self._source
        while self._at < len(source):
            if source.startswith("</", self._at):
                self._end_tag()
            elif source[self._at] == "<":
                self._start_tag()
            else:
                self._plain()
        if self._open:
            tag = self._open[-1].tag
            raise _cant_parse(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self._out), sorted(self._entities, key=lambda e: (e["offset"], -e["length"]))

    def _plain(self) -> None:
        reference = _REFERENCE.match(self._source, self._at)
        if reference and (char := _character(reference)):
            self._emit(char)
            self._at = reference.end()
            return
        end = min(
            (p for p in (self._source.find(c, self._at + 1) for c in "<&") if p != -1),
            default=len(self._source),
        )
        self._emit(self._source[self._at : end])
        self._at = end

    def _emit(self, text: str) -> None:
        self._out.append(text)
        self._units += utf16_len(text)

    def _start_tag(self) -> None:
        begin = self._at
        name = self._match(_TAG_NAME, begin + 1)[0]
        if self._at >= len(self._source):
            raise _cant_parse(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        tag = name.lower()
        if tag not in _KINDS:
            raise _cant_parse(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        argument = _argument(tag, self._attributes(tag, begin))
        if tag == "span" and argument != "tg-spoiler":
            raise _cant_parse(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        self._open.append(_Open(tag, argument, self._units, len(self._out)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._match(_SPACE, self._at)
            if self._source.startswith(">", self._at):
                self._at += 1
                return found
            attribute = _ATTRIBUTE.match(self._source, self._at)
            if self._at >= len(self._source) or (attribute and self._ends_at(attribute.end())):
                raise _cant_parse(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
            if self._source.startswith("=", self._at):
                token = self._match(_SPACE, self._at + 1).end()
                raise _cant_parse(
                    f"Unexpected end of name token at byte offset {self._bytes(token)}"
                )
            if attribute is None:
                raise _cant_parse(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}'
                )
            value = next((group for group in attribute.groups()[1:] if group is not None), "")
            found[attribute[1].lower()] = _unescape(value)
            self._at = attribute.end()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise _cant_parse(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        name = self._match(_TAG_NAME, begin + 2)[0].lower()
        self._match(_SPACE, self._at)
        if not self._source.startswith(">", self._at):
            raise _cant_parse(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self._at += 1
        opened = self._open.pop()
        if name and name != opened.tag:
            raise _cant_parse(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self._units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _KINDS[opened.tag],
            "offset": opened.offset,
            "length": self._units - opened.offset,
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self._out[opened.position :])
            if not _LINK.match(url):
                return  # Telegram shows the text and drops a link it doesn't know
            entity["url"] = url if "://" in url else f"http://{url}"
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre":
            self._take_language(entity)
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        self._entities.append(entity)

    def _take_language(self, pre: Entity) -> None:
        """`<pre><code class="language-x">` is one entity with a language."""
        for inner in self._entities:
            same = (inner["offset"], inner["length"]) == (pre["offset"], pre["length"])
            if inner["type"] == "code" and same:
                self._entities.remove(inner)
                if "language" in inner:
                    pre["language"] = inner["language"]
                return

    def _match(self, pattern: re.Pattern[str], at: int) -> re.Match[str]:
        match = pattern.match(self._source, at)
        assert match is not None  # both patterns match the empty string
        self._at = match.end()
        return match

    def _ends_at(self, position: int) -> bool:
        return position >= len(self._source)

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "blockquote":
        return "expandable" if "expandable" in attributes else ""
    css = attributes.get("class", "")
    if tag == "code":
        return css.removeprefix("language-") if css.startswith("language-") else ""
    return css if tag == "span" else ""


def _character(reference: re.Match[str]) -> str:
    if reference[1]:
        return _NAMED[reference[1]]
    code = int(reference[2]) if reference[2] else int(reference[3], 16)
    valid = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if valid else ""


def _unescape(value: str) -> str:
    return _REFERENCE.sub(lambda match: _character(match) or match[0], value)


def _cant_parse(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")
