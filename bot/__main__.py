"""The command line: `python -m bot COMMAND`."""

from __future__ import annotations

import typer

from bot.commands import (
    backup,
    check,
    classify,
    database,
    deadline,
    demo,
    queue,
    run,
    streets,
    train,
    understand,
)

cli = typer.Typer(
    help="Отклик: the control centre of a municipality that lives in messengers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.command()(run.run)
cli.command()(demo.demo)
cli.command()(train.train)
cli.command()(check.check)
cli.command()(deadline.deadline)
cli.command()(classify.classify)
cli.command()(understand.understand)
cli.command()(database.migrate)
database.imports.command()(streets.streets)
cli.command()(backup.backup)
cli.command()(backup.restore)
cli.add_typer(database.imports, name="import")
cli.add_typer(queue.queue, name="queue")

if __name__ == "__main__":
    cli(prog_name="python -m bot")
