"""Telegram's HTML: entities in UTF-16 units, errors in Telegram's words."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.markup import parse_html
from bot.sandbox.texts import message_text


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


PARSED = [
    ("просто", "просто", []),
    ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;да&quot;", '1 < 2 && 3 > 2 "да"', []),
    ("&#8212;&#x1F600;&nbsp;&#0;", "—😀&nbsp;&#0;", []),
    ("<b>да</b>", "да", [entity("bold", 0, 2)]),
    ("<STRONG>да</STRONG>", "да", [entity("bold", 0, 2)]),
    ("😀<i>да</i>", "😀да", [entity("italic", 2, 2)]),
    ("<u>😀</u>", "😀", [entity("underline", 0, 2)]),
    ("<s>а</s><del>б</del>", "аб", [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)]),
    ("<b>а<i>б</i></b>", "аб", [entity("bold", 0, 2), entity("italic", 1, 1)]),
    ("<b></b>а", "а", []),
    ("<a href='https://a.ru/?x=1&amp;y=2'>а</a>", "а", [
        entity("text_link", 0, 1, url="https://a.ru/?x=1&y=2"),
    ]),
    ('<a href="a.ru">а</a>', "а", [entity("text_link", 0, 1, url="http://a.ru")]),
    ("<a>a.ru</a>", "a.ru", [entity("text_link", 0, 4, url="http://a.ru")]),
    ('<a href="tel:112">а</a>', "а", []),
    ("<code>а</code>", "а", [entity("code", 0, 1)]),
    ("<pre>а</pre>", "а", [entity("pre", 0, 1)]),
    ('<pre><code class="language-python">а</code></pre>', "а", [
        entity("pre", 0, 1, language="python"),
    ]),
    ("<blockquote>а</blockquote>", "а", [entity("blockquote", 0, 1)]),
    ("<blockquote expandable>а</blockquote>", "а", [entity("expandable_blockquote", 0, 1)]),
    ("<tg-spoiler>а</tg-spoiler>", "а", [entity("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">а</span>', "а", [entity("spoiler", 0, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "entities"), PARSED)
def test_parsed(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == (text, entities)


BROKEN = [
    ("<x>а</x>", 'Unsupported start tag "x" at byte offset 0'),
    ("я<br>", 'Unsupported start tag "br" at byte offset 2'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("a<", "Unclosed start tag at byte offset 1"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b>а", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>а</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
    ("<b><i>а</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
    ("а</b>", "Unexpected end tag at byte offset 2"),
    ("<b>а</b x>", "Unclosed end tag at byte offset 5"),
    ("<b>а</b", "Unclosed end tag at byte offset 5"),
    ('<a href="https://a.ru', 'Unclosed start tag "a" at byte offset 0'),
    ('<a href="x"', 'Unclosed start tag "a" at byte offset 0'),
    ("<a ", 'Unclosed start tag "a" at byte offset 0'),
    ('<a "x">а</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=a_b>а</a>", "Unexpected end of name token at byte offset 8"),
    ("<span>а</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('я<span class="x">а</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 2'),
]


@pytest.mark.parametrize(("source", "why"), BROKEN)
def test_broken(source: str, why: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("  <b>а</b> б \n", "а б", [entity("bold", 0, 1)]),
        ("<b>  а  </b>", "а", [entity("bold", 0, 1)]),
        ("\n<i> </i>а", "а", []),
    ],
)
def test_trimmed(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    content = message_text({"text": source, "parse_mode": "html"})
    assert content == {"text": text} | ({"entities": entities} if entities else {})


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": "а", "parse_mode": "bb"}, "unsupported parse_mode"),
        ({"text": "а", "parse_mode": "MarkdownV2"}, "parse_mode «MarkdownV2» isn't supported"),
        ({"text": "а", "entities": [entity("bold", 0, 2)]}, "entity «bold» is outside"),
    ],
)
def test_refused_modes(params: dict[str, Any], why: str) -> None:
    with pytest.raises(ApiError, match=why):
        message_text(params)
