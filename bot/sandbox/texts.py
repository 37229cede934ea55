"""Text and captions of the bot: parse mode, trimming, limits."""

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.markup import Entity, parse_html, utf16_len

MAX_TEXT = 4096
MAX_CAPTION = 1024
_DETECTED = re.compile(
    r"(?P<bot_command>(?<![\w/])/\w{1,64}(?:@\w{3,32})?)"
    r"|(?P<mention>(?<!\w)@\w{3,32})"
    r"|(?P<url>https?://[^\s<>]+)"
)


def message_text(params: dict[str, Any]) -> dict[str, Any]:
    """`text` and `entities` of a message, within Telegram's limits."""
    text, entities = _formatted(params, params.get("text", ""), "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16_len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def message_caption(params: dict[str, Any]) -> dict[str, Any]:
    """`caption` and `caption_entities`; empty when there is none."""
    caption, entities = _formatted(params, params.get("caption", ""), "caption_entities")
    if utf16_len(caption) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    found: dict[str, Any] = {"caption": caption} if caption else {}
    return found | ({"caption_entities": entities} if entities else {})


def detect_entities(text: str) -> list[Entity]:
    """What a person's client marks by itself: commands, mentions and links."""
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_len(text[: match.start()]),
            "length": utf16_len(match[0]),
        }
        for match in _DETECTED.finditer(text)
    ]


def _formatted(params: dict[str, Any], source: str, key: str) -> tuple[str, list[Entity]]:
    mode = params.get("parse_mode", "")
    if not mode:
        return _trimmed(source, _given_entities(params.get(key, []), source))
    if mode.lower() == "html":
        return _trimmed(*parse_html(source))
    if mode.lower() in {"markdown", "markdownv2"}:
        raise bad_request(f"parse_mode «{mode}» isn't supported by the sandbox")
    raise bad_request("unsupported parse_mode")


def _given_entities(entities: list[Entity], text: str) -> list[Entity]:
    units = utf16_len(text)
    for entity in entities:
        start, length = entity["offset"], entity["length"]
        if start < 0 or length <= 0 or start + length > units:
            raise bad_request(f"entity «{entity['type']}» is outside of the text")
    return entities


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without outer white space, as Telegram stores it; entities follow the text."""
    lead = utf16_len(text) - utf16_len(text.lstrip())
    text = text.strip()
    units = utf16_len(text)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(units, entity["offset"] + entity["length"] - lead)
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return text, kept
