"""The command line: `python -m bot COMMAND`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

_MODULES = {
    "run": "run",
    "demo": "demo",
    "train": "train",
    "check": "check",
    "deadline": "deadline",
    "classify": "classify",
    "understand": "understand",
    "learn": "learn",
    "migrate": "database",
    "backup": "backup",
    "restore": "backup",
    "import": "imports",
    "queue": "queue",
}
"""Each command, or group of commands, and its module in bot/commands."""


class Commands(TyperGroup):
    """Imports what is asked for and nothing else: the messenger's framework alone takes seconds."""

    def list_commands(self, ctx: typer.Context) -> list[str]:
        """All names, in the order of the help."""
        return list(_MODULES)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:
        """A command, or a group, by its name."""
        if cmd_name not in _MODULES:
            return None
        module = import_module(f"bot.commands.{_MODULES[cmd_name]}")
        app = getattr(module, "group", None)
        if app is None:
            app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            app.command(cmd_name)(getattr(module, cmd_name))
        command = typer.main.get_command(app)
        command.name = cmd_name
        return command


cli = typer.Typer(
    cls=Commands,
    help="Отклик: the control centre of a municipality that lives in messengers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@cli.callback()
def _main() -> None:
    """Отклик: the control centre of a municipality that lives in messengers."""


if __name__ == "__main__":
    cli(prog_name="python -m bot")
