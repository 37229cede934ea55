"""Nicknames and pages of people in messengers and social networks.

A page of a person is told from one that everybody may read: what calls itself an office, a channel,
a group or a bot stays, and so does every address outside of these networks (gelendzhik.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HOSTS = (
    r"t\.me|telegram\.me|vk\.com|vk\.ru|vkontakte\.ru|ok\.ru|odnoklassniki\.ru|wa\.me|viber\.me"
    r"|instagram\.com|facebook\.com|fb\.com|tiktok\.com|max\.ru"
)
_PAGE = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:www\.|m\.)?(?P<host>{_HOSTS})/@?(?P<nick>[\w.+-]*\w)(?P<rest>(?:/[\w.?=&%+-]*\w)*)",
    re.IGNORECASE,
)
_NICK = re.compile(r"(?<![\w@./])@([A-Za-z][A-Za-z0-9_.]{3,30}[A-Za-z0-9_])(?![\w@])")
"""As messengers have them: five to thirty-two letters and figures."""
_CALLED = re.compile(
    r"(?<!\w)(?:инст[аеу]|инстаграм\w*|instagram|insta|телеграм\w*|телег[аеу]|telegram|тг|tg|скайп|skype"
    r"|вк|vk|вконтакте|ник|никнейм)(?!\w)\s?(?P<colon>:?)[\s—–-]{0,3}(?P<nick>[A-Za-z][A-Za-z0-9_.]{3,30}[A-Za-z0-9_])(?!\w)",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z]{2}")
_MADE_UP = re.compile(r"[\d_.]")
"""«Телеграм Desktop» is a thing, «телеграм ivan_85» somebody."""
_PUBLIC = re.compile(
    r"^(?:adm|gorod|edds|mchs|mvd|gibdd|mfc|mup|gosuslugi|official|news|novosti|region|shkola|school)"
    r"|(?:bot|official|news|novosti|channel|chat|press)$|_(?:adm|news|official|gorod|city|info)(?:_|$)"
    r"|^(?:club|public|event)\d+$|^(?:wall|photo|video|topic)-",
    re.IGNORECASE,
)
_SHARED = {"group", "joinchat", "c", "s", "share", "addstickers", "clips", "feed", "p", "reel"}
"""The first part of an address that names no person: a group, an invitation, a post."""
_POST = re.compile(r"/\d+")
_SAID_PUBLIC = re.compile(
    r"(?:канал|паблик|групп|сообществ|чат|бот|газет|редакци|администраци|мэри|учреждени)[а-яё]*"
    r"(?:\s(?:в\s)?(?:тг|вк|телеграме?|контакте|вконтакте))?[\s:«\"(—–-]{0,3}$",
    re.IGNORECASE,
)
_BEFORE = 40


def profiles(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every page and nickname of a person."""
    if _LATIN.search(text) is None:
        return
    for match in _PAGE.finditer(text):
        if not _is_shared(match) and not _said_public(text, match.start()):
            yield match.span()
    for match in _NICK.finditer(text):
        if not _PUBLIC.search(match[1]) and not _said_public(text, match.start()):
            yield match.span()
    for match in _CALLED.finditer(text):
        nick = match["nick"]
        named = match["colon"] or _MADE_UP.search(nick)
        if named and not _PUBLIC.search(nick) and not _said_public(text, match.start()):
            yield match.span("nick")


def _is_shared(page: re.Match[str]) -> bool:
    """A message of a channel has a number («t.me/name/17»), a person has none."""
    nick, rest = page["nick"], page["rest"]
    return (
        nick.startswith("+")
        or nick.lower() in _SHARED
        or _PUBLIC.search(nick) is not None
        or (page["host"].startswith("t") and _POST.fullmatch(rest) is not None)
    )


def _said_public(text: str, start: int) -> bool:
    return _SAID_PUBLIC.search(text[max(0, start - _BEFORE) : start]) is not None
