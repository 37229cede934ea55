"""Settings: everything that is wrong is said at once, a line each, and secrets are not repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import DEFAULT_DATABASE, OFFICIAL_API, Listen, SettingsError, database_url, read

TOKEN = "123456:AAF-abc_DEF"
GOOD = {"OTKLIK_BOT_TOKEN": TOKEN}
WEBHOOK = {
    "OTKLIK_WEBHOOK_URL": "https://hub.example.org/telegram",
    "OTKLIK_WEBHOOK_SECRET": "s3cret_-",
    "OTKLIK_LISTEN": "0.0.0.0:8443",
}


def problems(**more: str) -> list[str]:
    """What is wrong with good settings after these changes."""
    with pytest.raises(SettingsError) as refused:
        read({**GOOD, **{f"OTKLIK_{name}": value for name, value in more.items()}})
    return str(refused.value).split("\n")


def test_a_token_is_enough() -> None:
    settings = read({**GOOD, "PATH": "/bin", "OTHER": "x"})
    assert settings.bot_token == TOKEN
    assert (settings.bot_api_url, settings.database_url) == (OFFICIAL_API, DEFAULT_DATABASE)
    assert (settings.admins, settings.rate_factor) == (frozenset(), 1.0)
    assert (settings.proxy_url, settings.municipality, settings.clock_url) == (None, None, None)
    assert (settings.webhook_url, settings.webhook_secret, settings.listen) == (None, None, None)
    assert settings.ops_listen is None


def test_everything_set(tmp_path: Path) -> None:
    town = tmp_path / "town.toml"
    town.touch()
    settings = read(
        {
            **GOOD,
            **WEBHOOK,
            "OTKLIK_BOT_API_URL": "http://127.0.0.1:8081/",
            "OTKLIK_OPS_LISTEN": "127.0.0.1:9100",
            "OTKLIK_PROXY_URL": "socks5://u:p@proxy:1080",
            "OTKLIK_DATABASE_URL": "postgresql://u:p@db/otklik",
            "OTKLIK_ADMINS": " 11, 22 33 ",
            "OTKLIK_MUNICIPALITY": str(town),
            "OTKLIK_CLOCK_URL": "http://127.0.0.1:8081/clock",
            "OTKLIK_RATE_FACTOR": "2.5",
            "OTKLIK_LOG_FORMAT": "json",
            "OTKLIK_FILES_DIR": "/srv/otklik/files",
            "OTKLIK_MODELS_DIR": "/srv/otklik/models",
        }
    )
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert settings.admins == {"11", "22", "33"}
    assert settings.listen == Listen("0.0.0.0", 8443)
    assert settings.ops_listen == Listen("127.0.0.1", 9100)
    assert settings.municipality == town
    assert (settings.rate_factor, settings.log_format) == (2.5, "json")
    assert settings.files_dir == Path("/srv/otklik/files")
    assert settings.models_dir == Path("/srv/otklik/models")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("BOT_TOKEN", "", "missing"),
        ("BOT_TOKEN", "  ", "missing"),
        ("BOT_TOKEN", "abc", "BotFather"),
        ("BOT_TOKEN", "123456:", "BotFather"),
        ("BOT_TOKEN", "123456:AA BB", "BotFather"),
        ("BOT_API_URL", "api.telegram.org", "https://HOST"),
        ("BOT_API_URL", "ftp://h", "https://HOST"),
        ("BOT_API_URL", "https://", "https://HOST"),
        ("BOT_API_URL", "https://[::1", "https://HOST"),
        ("BOT_API_URL", "https://h:port", "https://HOST"),
        ("BOT_API_URL", "https://h:99999", "https://HOST"),
        ("PROXY_URL", "proxy:1080", "socks5://HOST"),
        ("DATABASE_URL", "mysql://h/d", "sqlite:///FILE or postgresql"),
        ("DATABASE_URL", "otklik.db", "sqlite:///FILE or postgresql"),
        ("DATABASE_URL", "sqlite://", "must name a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "must name a file"),
        ("ADMINS", "@boss", "numeric"),
        ("ADMINS", "11,x,-5", "«x, -5»"),
        ("MUNICIPALITY", "/no/such.toml", "/no/such.toml"),
        ("MUNICIPALITY", "/tmp", "no file"),
        ("WEBHOOK_SECRET", "с пробелом", "1 to 256"),
        ("WEBHOOK_SECRET", "a" * 257, "1 to 256"),
        ("LISTEN", "8080", "WEBHOOK_URL"),
        ("LISTEN", "h:port", "HOST:PORT"),
        ("LISTEN", "h:65536", "HOST:PORT"),
        ("OPS_LISTEN", "h:port", "HOST:PORT"),
        ("WEBHOOK_URL", "https://h/w", "OTKLIK_LISTEN"),
        ("WEBHOOK_URL", "h/w", "https://HOST"),
        ("CLOCK_URL", "clock", "http://HOST"),
        ("RATE_FACTOR", "0", "above 0"),
        ("RATE_FACTOR", "-1", "above 0"),
        ("RATE_FACTOR", "fast", "above 0"),
        ("RATE_FACTOR", "nan", "above 0"),
        ("RATE_FACTOR", "inf", "above 0"),
        ("LOG_FORMAT", "xml", "console or json"),
        ("FILES_DIR", __file__, "expected a folder"),
        ("MODELS_DIR", __file__, "expected a folder"),
    ],
)
def test_a_bad_value_is_named_with_what_was_expected(name: str, value: str, expected: str) -> None:
    found = problems(**{name: value})
    assert [line for line in found if line.startswith(f"OTKLIK_{name}: ") and expected in line]


@pytest.mark.parametrize("name", ["BOT_TOKN", "TOKEN", "DATABASE", "bot_token"])
def test_an_unknown_name_is_named(name: str) -> None:
    assert problems(**{name: "x"}) == [f"OTKLIK_{name}: there is no such setting"]


def test_everything_wrong_is_said_at_once() -> None:
    bad = {
        "BOT_TOKEN": "x",
        "BOT_API_URL": "x",
        "PROXY_URL": "x",
        "DATABASE_URL": "x",
        "ADMINS": "x",
        "MUNICIPALITY": "/x",
        "WEBHOOK_URL": "x",
        "WEBHOOK_SECRET": "?",
        "LISTEN": "x",
        "OPS_LISTEN": "x",
        "CLOCK_URL": "x",
        "RATE_FACTOR": "x",
        "LOG_FORMAT": "x",
        "FILES_DIR": __file__,
        "MODELS_DIR": __file__,
        "NONSENSE": "x",
    }
    lines = problems(**bad)
    assert {line.split(":")[0] for line in lines} == {f"OTKLIK_{name}" for name in bad}
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("missing", ["OTKLIK_WEBHOOK_URL", "OTKLIK_WEBHOOK_SECRET"])
def test_listening_needs_an_address_and_a_secret(missing: str) -> None:
    some = {name: value for name, value in WEBHOOK.items() if name != missing}
    with pytest.raises(SettingsError, match=missing):
        read({**GOOD, **some})


@pytest.mark.parametrize(
    "api",
    [
        "",
        "https://api.telegram.org",
        "https://api.telegram.org/",
        "https://API.Telegram.org",
        "https://api.telegram.org:443",
        "http://api.telegram.org",
    ],
)
def test_moved_time_is_refused_against_the_official_api(api: str) -> None:
    lines = problems(BOT_API_URL=api, CLOCK_URL="http://127.0.0.1:1/clock")
    assert lines == ["OTKLIK_CLOCK_URL: moved time is refused against the official API"]


def test_secrets_are_not_repeated() -> None:
    lines = problems(
        BOT_TOKEN="123456:hush hush",
        WEBHOOK_SECRET="hush hush",
        DATABASE_URL="mysql://u:hush@h/d",
        PROXY_URL="ftp://u:hush@h",
    )
    assert not [line for line in lines if "hush" in line]


def test_the_database_alone_needs_no_token() -> None:
    assert database_url({}) == DEFAULT_DATABASE
    assert database_url({"OTKLIK_DATABASE_URL": "sqlite:///x.db"}) == "sqlite:///x.db"
    with pytest.raises(SettingsError, match="OTKLIK_DATABASE_URL"):
        database_url({"OTKLIK_DATABASE_URL": "x"})
