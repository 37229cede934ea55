"""The only reader of the environment. Everything wrong is said at once, in one list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from storage.engine import normal_url

PREFIX = "OTKLIK_"
OFFICIAL_API = "https://api.telegram.org"
DEFAULT_DATABASE = "sqlite:///var/otklik.db"
DEFAULT_FILES = "var/files"
DEFAULT_MODELS = "var/models"
NAMES = (
    "BOT_TOKEN",
    "BOT_API_URL",
    "PROXY_URL",
    "DATABASE_URL",
    "ADMINS",
    "MUNICIPALITY",
    "WEBHOOK_URL",
    "WEBHOOK_SECRET",
    "LISTEN",
    "OPS_LISTEN",
    "CLOCK_URL",
    "RATE_FACTOR",
    "GROUP_RATE_FACTOR",
    "LOG_FORMAT",
    "FILES_DIR",
    "MODELS_DIR",
    "PG_BIN",
)


class SettingsError(ValueError):
    """The settings are wrong; the text lists every problem, a line each."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the web server listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator sets, read once at the start."""

    bot_token: str
    bot_api_url: str
    proxy_url: str | None
    database_url: str
    admins: frozenset[str]
    municipality: Path | None
    webhook_url: str | None
    webhook_secret: str | None
    listen: Listen | None
    """Absent: long polling."""
    ops_listen: Listen | None
    """Where /healthz, /readyz and /metrics are; absent: nowhere."""
    clock_url: str | None
    """A town's business time; refused against the official API."""
    rate_factor: float
    """Multiplies the pace of sending, for stand-ins with other limits."""
    group_rate_factor: float
    """Multiplies the pace in groups once more."""
    log_format: str
    files_dir: Path
    """Where copies of what people send are kept."""
    models_dir: Path
    """Where the classifier's models are."""


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def text(self, name: str) -> str | None:
        value = self._environ.get(PREFIX + name, "").strip()
        return value or None

    def wrong(self, name: str, expected: str) -> None:
        self.problems.append(f"{PREFIX}{name}: {expected}")

    def url(self, name: str, schemes: tuple[str, ...]) -> str | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            if parts.scheme in schemes and parts.hostname and (parts.port is None or parts.port):
                return value.rstrip("/")
        except ValueError:
            pass
        # The address may carry a password: it is not said again unless it plainly has none.
        got = "" if "@" in value else f", got «{value}»"
        self.wrong(name, f"expected an address like {schemes[0]}://HOST{got}")
        return None


def read(environ: Mapping[str, str]) -> Settings:
    """Settings from the environment. Raises SettingsError with every problem."""
    r = _Reader(environ)
    known = {PREFIX + name for name in NAMES}
    for name in sorted(k for k in environ if k.startswith(PREFIX) and k not in known):
        r.problems.append(f"{name}: there is no such setting")
    token = _token(r)
    api = r.url("BOT_API_URL", ("https", "http")) or OFFICIAL_API
    webhook, listen = r.url("WEBHOOK_URL", ("https", "http")), _listen(r, "LISTEN")
    secret, clock = _secret(r), r.url("CLOCK_URL", ("http", "https"))
    if listen is not None and (webhook is None or secret is None):
        r.wrong("LISTEN", "listening needs OTKLIK_WEBHOOK_URL and OTKLIK_WEBHOOK_SECRET as well")
    if webhook is not None and listen is None:
        r.wrong("WEBHOOK_URL", "a webhook needs OTKLIK_LISTEN (HOST:PORT) as well")
    if clock is not None and urlsplit(api).hostname == urlsplit(OFFICIAL_API).hostname:
        r.wrong("CLOCK_URL", "moved time is refused against the official API")
    settings = Settings(
        bot_token=token,
        bot_api_url=api,
        proxy_url=r.url("PROXY_URL", ("socks5", "socks4", "http", "https")),
        database_url=_database(r),
        admins=_admins(r),
        municipality=_municipality(r),
        webhook_url=webhook,
        webhook_secret=secret,
        listen=listen,
        ops_listen=_listen(r, "OPS_LISTEN"),
        clock_url=clock,
        rate_factor=_rate(r, "RATE_FACTOR"),
        group_rate_factor=_rate(r, "GROUP_RATE_FACTOR"),
        log_format=_log_format(r),
        files_dir=_folder(r, "FILES_DIR", DEFAULT_FILES),
        models_dir=_folder(r, "MODELS_DIR", DEFAULT_MODELS),
    )
    if r.problems:
        raise SettingsError("\n".join(r.problems))
    return settings


def database_url(environ: Mapping[str, str]) -> str:
    """The database alone, for commands that need no bot. Raises SettingsError."""
    r = _Reader(environ)
    found = _database(r)
    if r.problems:
        raise SettingsError("\n".join(r.problems))
    return found


def models_dir(environ: Mapping[str, str]) -> Path:
    """Where the models are, for commands that need nothing else. Raises SettingsError."""
    r = _Reader(environ)
    found = _folder(r, "MODELS_DIR", DEFAULT_MODELS)
    if r.problems:
        raise SettingsError("\n".join(r.problems))
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """Where everything is that a copy must hold."""

    database_url: str
    files_dir: Path
    models_dir: Path
    pg_bin: Path | None
    """The folder of PostgreSQL's client programs; absent: on the PATH."""


def kept(environ: Mapping[str, str]) -> Kept:
    """What the commands of copies need, without a bot. Raises SettingsError."""
    r = _Reader(environ)
    tools = r.text("PG_BIN")
    if tools is not None and not Path(tools).is_dir():
        r.wrong("PG_BIN", f"there is no folder «{tools}»")
    files = _folder(r, "FILES_DIR", DEFAULT_FILES)
    models = _folder(r, "MODELS_DIR", DEFAULT_MODELS)
    found = Kept(_database(r), files, models, Path(tools) if tools else None)
    if r.problems:
        raise SettingsError("\n".join(r.problems))
    return found


def _token(r: _Reader) -> str:
    token = r.text("BOT_TOKEN")
    if token is None:
        r.wrong("BOT_TOKEN", "is missing: the token that @BotFather gave")
    elif re.fullmatch(r"\d+:[A-Za-z0-9_-]{3,}", token) is None:
        r.wrong("BOT_TOKEN", "expected like 123456:ABC…, as @BotFather gave it")
    return token or ""


def _database(r: _Reader) -> str:
    value = r.text("DATABASE_URL") or DEFAULT_DATABASE
    try:
        normal_url(value)
    except Exception as error:
        r.wrong("DATABASE_URL", f"expected sqlite:///FILE or postgresql://…: {error}")
    return value


def _admins(r: _Reader) -> frozenset[str]:
    parts = (r.text("ADMINS") or "").replace(",", " ").split()
    wrong = [p for p in parts if not p.isdecimal()]
    if wrong:
        r.wrong("ADMINS", f"expected numeric Telegram ids, got «{', '.join(wrong)}»")
    return frozenset(parts)


def _municipality(r: _Reader) -> Path | None:
    value = r.text("MUNICIPALITY")
    if value is None:
        return None
    path = Path(value)
    if not path.is_file():
        r.wrong("MUNICIPALITY", f"there is no file «{value}»")
    return path


def _secret(r: _Reader) -> str | None:
    value = r.text("WEBHOOK_SECRET")
    if value is not None and re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value) is None:
        r.wrong("WEBHOOK_SECRET", "1 to 256 letters, digits, _ or -")
    return value


def _listen(r: _Reader, name: str) -> Listen | None:
    value = r.text(name)
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    if not port.isdecimal() or not 0 <= int(port) < 65536:
        r.wrong(name, f"expected HOST:PORT, got «{value}»")
        return None
    return Listen(host or "127.0.0.1", int(port))


def _rate(r: _Reader, name: str) -> float:
    value = r.text(name) or "1"
    try:
        factor = float(value)
        if 0 < factor < float("inf"):
            return factor
    except ValueError:
        pass
    r.wrong(name, f"expected a number above 0, got «{value}»")
    return 1.0


def _folder(r: _Reader, name: str, usual: str) -> Path:
    path = Path(r.text(name) or usual)
    if path.exists() and not path.is_dir():
        r.wrong(name, f"expected a folder, «{path}» is something else")
    return path


def _log_format(r: _Reader) -> str:
    value = r.text("LOG_FORMAT") or "console"
    if value not in ("console", "json"):
        r.wrong("LOG_FORMAT", f"expected console or json, got «{value}»")
    return value
