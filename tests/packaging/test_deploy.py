"""The image, the two replicas, the proxy and the unit fit each other and the program."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from bot.config import NAMES, PREFIX, read

ROOT = Path(__file__).resolve().parent.parent.parent
SECRETS = {
    "OTKLIK_BOT_TOKEN": "123456:ABC_def",
    "POSTGRES_PASSWORD": "0a1b2c",
    "OTKLIK_WEBHOOK_SECRET": "0a1b2c",
    "DOMAIN": "bot.example.org",
}


def text_of(name: str) -> str:
    """A file as it stands."""
    return (ROOT / name).read_text(encoding="utf-8")


def filled(part: Any) -> Any:
    """As Compose fills in an operator's `.env`: after it has read the file."""
    if isinstance(part, dict):
        return {name: filled(one) for name, one in part.items()}
    if isinstance(part, list):
        return [filled(one) for one in part]

    def value(found: re.Match[str]) -> str:
        return SECRETS.get(found["name"], found["default"] or "")

    asked = r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*)|:\?[^}]+)?\}"
    return re.sub(asked, value, part) if isinstance(part, str) else part


@pytest.fixture
def compose() -> Any:
    """What Compose reads."""
    return filled(yaml.safe_load(text_of("compose.yaml")))


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "docs/otklik.service"])
def test_settings_are_the_programs(name: str) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", text_of(name)))
    assert named <= {PREFIX + known for known in NAMES}


def test_what_compose_gives_a_replica_is_a_whole_set_of_settings(compose: Any) -> None:
    given = compose["services"]["hub"]["environment"]
    settings = read(given)
    assert settings.database_url == "postgresql://otklik:0a1b2c@db/otklik"
    assert settings.listen is not None
    assert settings.ops_listen is not None
    assert settings.listen.port != settings.ops_listen.port
    database = compose["services"]["db"]["environment"]
    assert (database["POSTGRES_USER"], database["POSTGRES_DB"]) == ("otklik", "otklik")
    assert database["POSTGRES_PASSWORD"] in settings.database_url


def test_two_replicas_share_a_database_and_the_files(compose: Any) -> None:
    hub = compose["services"]["hub"]
    assert hub["deploy"]["replicas"] == 2
    [data] = hub["volumes"]
    for folder in ("OTKLIK_FILES_DIR", "OTKLIK_MODELS_DIR"):
        assert hub["environment"][folder].startswith(data.split(":")[1])
    assert data in compose["services"]["tools"]["volumes"]
    assert "ports" not in hub, "two of them can't have one"


def test_only_the_webhooks_path_is_passed_on(compose: Any) -> None:
    given = compose["services"]["hub"]["environment"]
    proxy = text_of("deploy/Caddyfile")
    assert re.findall(r"^\s*path (.+)$", proxy, re.M) == [
        urlsplit(given["OTKLIK_WEBHOOK_URL"]).path
    ]
    port = given["OTKLIK_LISTEN"].rpartition(":")[2]
    assert re.findall(r"dynamic a (\S+) (\d+)", proxy) == [("hub", port)]
    assert given["OTKLIK_OPS_LISTEN"].rpartition(":")[2] not in proxy
    assert re.search(r"handle \{\s*respond 404\s*\}", proxy)
    published = {name: s["ports"] for name, s in compose["services"].items() if "ports" in s}
    assert published == {"proxy": ["80:80", "443:443"]}


def test_the_database_is_reached_from_inside_only(compose: Any) -> None:
    assert compose["networks"]["inside"]["internal"] is True
    networks = {name: set(s["networks"]) for name, s in compose["services"].items()}
    assert networks["db"] == {"inside"}
    assert networks["proxy"] == {"outside"}


def test_nothing_secret_is_written_down() -> None:
    """Every secret is asked for, none has a value of its own."""
    for name in ("OTKLIK_BOT_TOKEN", "POSTGRES_PASSWORD", "OTKLIK_WEBHOOK_SECRET"):
        assert re.findall(rf"\$\{{{name}(?!:\?)", text_of("compose.yaml")) == []
    assert ".env" in text_of(".gitignore").split()


# --- the image ---


def stages() -> dict[str, str]:
    """The Dockerfile by its stages."""
    parts = re.split(r"^FROM (.+)$", text_of("Dockerfile"), flags=re.M)
    return {
        (head.split(" AS ")[1] if " AS " in head else ""): body
        for head, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_the_image_is_made_of_what_is_there_and_let_in() -> None:
    allowed = {line[1:] for line in text_of(".dockerignore").split() if line.startswith("!")}
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", text_of("Dockerfile"), re.M)
        for name in line.split()[:-1]
    }
    assert copied == allowed
    assert not [name for name in copied if not (ROOT / name).exists()]


def test_the_image_has_every_room_of_the_program() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms | {"locales"} <= set(re.findall(r"^COPY (\w+) \w+$", text_of("Dockerfile"), re.M))


@pytest.mark.parametrize("stage", ["hub", "tools"])
def test_the_image_runs_as_nobody_in_particular(stage: str) -> None:
    assert re.findall(r"^USER (\w+)$", stages()[stage], re.M)[-1] == "otklik"


def test_the_last_stage_is_the_hub() -> None:
    assert re.findall(r"^FROM (\S+)", text_of("Dockerfile"), re.M)[-1] == "hub"


def test_health_is_asked_where_the_pages_are() -> None:
    hub = stages()["hub"]
    [port] = re.findall(r"OTKLIK_OPS_LISTEN=0\.0\.0\.0:(\d+)", hub)
    assert f"http://127.0.0.1:{port}/healthz" in hub


def test_copies_are_made_with_tools_of_the_servers_version(compose: Any) -> None:
    [tools] = re.findall(r"postgresql-client-(\d+)", stages()["tools"])
    assert compose["services"]["db"]["image"].startswith(f"postgres:{tools}-")


# --- the unit ---


def test_the_unit_starts_the_hub_where_the_readme_puts_it() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text_of("docs/otklik.service"))
    service = unit["Service"]
    assert service["ExecStart"] == "/opt/otklik/.venv/bin/python -m bot run"
    assert service["EnvironmentFile"] == "/etc/otklik.env"
    readme = text_of("README.md")
    for word in (
        "/etc/otklik.env",
        "/opt/otklik",
        "docs/otklik.service",
        "useradd --system otklik",
    ):
        assert word in readme
    assert service["User"] == "otklik"
