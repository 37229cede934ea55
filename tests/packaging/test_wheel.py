"""What `pip install .` brings: every file that the program reads, and all that it imports."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("bot", "handlers", "services", "storage")
SOURCES = ("pyproject.toml", "setup.py", "LICENSE", "README.md")
_LEFT = shutil.ignore_patterns("__pycache__", "*.mo")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sources alone and laid out as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for room in (*ROOMS, "locales"):
        shutil.copytree(ROOT / room, source / room, ignore=_LEFT)
    for name in SOURCES:
        shutil.copy(ROOT / name, source)
    # The tools of the build are in the development's set: nothing is fetched.
    words = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", *words]
    done = subprocess.run(
        [*pip, "--wheel-dir", str(folder), str(source)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "installed")
    return folder / "installed"


def run(installed: Path, folder: Path, *words: str, **more: str) -> str:
    """The command of what is installed, far from the sources."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OTKLIK_")}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(installed)} | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_file_of_the_rooms_is_in_it(installed: Path) -> None:
    kept = {p.relative_to(ROOT) for room in ROOMS for p in _files(ROOT / room)}
    assert not {str(path) for path in kept if not (installed / path).exists()}


def _files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def test_both_languages_are_compiled_into_it(installed: Path, tmp_path: Path) -> None:
    code = (
        "import bot.i18n as i; i.check_catalogues(); print(i.DIRECTORY);"
        " s = i.use_locale('ru'); s.__enter__(); print(i._('Copying files'))"
    )
    said = run(installed, tmp_path, "-c", code).splitlines()
    assert said == [str(installed / "locales"), "Копируем файлы"]


def test_it_starts_and_works_far_from_its_sources(installed: Path, tmp_path: Path) -> None:
    assert "restore" in run(installed, tmp_path, "-m", "bot", "--help")
    words = ("deadline", "--regime", "bot", "--received", "2026-11-24 10:12")
    assert "4 декабря 2026" in run(installed, tmp_path, "-m", "bot", *words)
    database = {"OTKLIK_DATABASE_URL": f"sqlite:///{tmp_path}/hub.db"}
    assert "up to date" in run(installed, tmp_path, "-m", "bot", "migrate", **database)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_imported_is_declared() -> None:
    """Whoever installs without the development's extras has all that runs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_normal(re.split(r"[\[<>=]", one)[0]) for one in project["dependencies"]}
    homes = packages_distributions()
    missing = set()
    for path in (p for room in ROOMS for p in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for top in {name.split(".")[0] for name in names}:
                if top in sys.stdlib_module_names or top in ROOMS:
                    continue
                if not {_normal(home) for home in homes[top]} & declared:
                    missing.add(top)
    assert not missing
