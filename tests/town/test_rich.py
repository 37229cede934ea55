"""Text with entities becomes markup; what people write never does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from bot.sandbox.markup import parse_html, utf16_len
from bot.town.rich import rich, start_parameter

BOT = "otklik_demo_bot"


def shown(html: str) -> str:
    text, entities = parse_html(html)
    return str(rich(text, entities, bot=BOT))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>Принято</b>", "<b>Принято</b>"),
        ("<b>a <i>b</i></b>", "<b>a <i>b</i></b>"),
        ("🆕 <b>№ 1</b>", "🆕 <b>№ 1</b>"),
        ("5 &lt; 6 &amp; 7", "5 &lt; 6 &amp; 7"),
        ("<blockquote>яма</blockquote>\nдальше", "<blockquote>яма</blockquote>дальше"),
        ("<blockquote expandable>яма</blockquote>", "<blockquote>яма</blockquote>"),
        (
            '<a href="https://example.org/?a=1&amp;b=2">текст</a>',
            '<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer noopener" '
            'target="_blank">текст</a>',
        ),
        (
            f'<a href="https://t.me/{BOT}?start=h_7">№ 7</a>',
            '<a class="deep" href="/link?start=h_7">№ 7</a>',
        ),
        ('<a href="tg://user?id=7">Иван</a>', "Иван"),
    ],
)
def test_what_the_bot_formats_is_formatted(html: str, expected: str) -> None:
    assert shown(html) == expected


@given(st.text(max_size=60))
def test_words_of_people_stay_words(text: str) -> None:
    assert rich(text, [], bot=BOT) == escape(text)


@given(st.data())
def test_any_entities_keep_every_letter(data: Any) -> None:
    text = data.draw(st.text("аб🙂<&\n", min_size=1, max_size=20))
    units = utf16_len(text)
    spans = data.draw(st.lists(st.tuples(st.integers(0, units), st.integers(0, units)), max_size=4))
    entities = [
        {"type": "bold", "offset": min(a, b), "length": abs(a - b)} for a, b in spans if a != b
    ]
    whole = [e for e in entities if _on_letters(text, e)]
    assert Markup(rich(text, whole, bot=BOT)).striptags() == Markup(escape(text)).striptags()


def _on_letters(text: str, entity: dict[str, Any]) -> bool:
    """Telegram never cuts a character in two."""
    borders, at = {0}, 0
    for letter in text:
        at += utf16_len(letter)
        borders.add(at)
    return {entity["offset"], entity["offset"] + entity["length"]} <= borders


@pytest.mark.parametrize(
    ("url", "parameter"),
    [
        (f"https://t.me/{BOT}?start=r_1", "r_1"),
        (f"https://t.me/{BOT.upper()}?start=r_1", "r_1"),
        (f"https://t.me/{BOT}", None),
        ("https://t.me/another?start=r_1", None),
        (f"https://example.org/{BOT}?start=r_1", None),
    ],
)
def test_only_links_to_this_bot_stay_in_the_town(url: str, parameter: str | None) -> None:
    assert start_parameter(url, BOT) == parameter
