"""Limits of keyboards: what Telegram refuses, and what its clients would silently spoil."""

import re
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.markup import utf16_len

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_CALLBACK_BYTES = 64
MAX_PLACEHOLDER = 64
MAX_COPY_TEXT = 256
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NOT_ACTIONS = {"text", "icon_custom_emoji_id", "style"}
_STYLES = {"danger", "success", "primary"}


def check_markup(markup: dict[str, Any] | None, *, private: bool) -> None:
    """Refuse a keyboard Telegram would refuse."""
    if markup is None:
        return
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"], private=private)
        return
    for row in markup.get("keyboard", []):
        for button in row:
            _check_face(button, "keyboard button")
            _check_request(button, private=private)
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= utf16_len(placeholder) <= MAX_PLACEHOLDER:
        raise bad_request("input field placeholder must be 1-64 characters long")


def _check_request(button: dict[str, Any], *, private: bool) -> None:
    asked = [key for key in ("request_contact", "request_location") if button.get(key)]
    if len(asked) > 1:
        raise bad_request("can't parse keyboard button: one request is allowed")
    if asked and not private:
        what = {"request_contact": "phone number", "request_location": "location"}[asked[0]]
        raise bad_request(f"{what} can be requested in private chats only")


def _check_inline(rows: list[list[dict[str, Any]]], *, private: bool) -> None:
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request(f"reply markup is too long: at most {MAX_BUTTONS} buttons")
    if any(len(row) > MAX_ROW for row in rows):
        raise bad_request(f"reply markup is too wide: at most {MAX_ROW} buttons in a row")
    for row in rows:
        for button in row:
            _check_inline_button(button, private=private)


def _check_inline_button(button: dict[str, Any], *, private: bool) -> None:
    _check_face(button, "inline keyboard button")
    actions = sorted(button.keys() - _NOT_ACTIONS)
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request(
            f"can't parse inline keyboard button: one action is allowed, got {', '.join(actions)}"
        )
    if "callback_data" in button:
        _check_callback_data(button["callback_data"])
    elif "url" in button:
        _check_url(button["url"])
    elif "web_app" in button:
        _check_web_app(button["web_app"]["url"], private=private)
    elif "copy_text" in button and not 1 <= utf16_len(button["copy_text"]["text"]) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_face(button: dict[str, Any], kind: str) -> None:
    if not button["text"].strip():
        raise bad_request(f"can't parse {kind}: text must be non-empty")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request(f"can't parse {kind}: unknown style «{button['style']}»")


def _check_callback_data(data: str) -> None:
    if not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    def wrong(why: str) -> Exception:
        return bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")

    parts = _split(url)
    if parts is None or parts.scheme not in {"http", "https", "tg"}:
        raise wrong("Wrong HTTP URL")
    if not parts.netloc:
        raise wrong("URL host is empty")
    if parts.hostname in {"t.me", "telegram.me"}:
        query = parse_qs(parts.query, keep_blank_values=True)
        # Telegram lets it through, and then the person's Start comes without the parameter.
        for parameter in query.get("start", []) + query.get("startgroup", []):
            if not START_PARAMETER.fullmatch(parameter):
                raise wrong("START_PARAM_INVALID")


def _check_web_app(url: str, *, private: bool) -> None:
    if not private:
        raise bad_request("BUTTON_TYPE_INVALID")
    parts = _split(url)
    if parts is None or parts.scheme != "https":
        raise bad_request(
            f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
