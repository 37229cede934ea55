"""Forks hubs off a process that has imported everything and has neither a loop nor a thread.

A hub begins to work a moment after its fork: two hundred deaths fit into minutes. Orders come as
lines of JSON on the standard input, what happens to the children is told on the standard output.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import signal
import sys
from typing import Any, NoReturn

from bot.classifier import classifier_of
from bot.municipality import parse_municipality, read_document
from services.understanding import Context, understand
from services.understanding.guess import COLD

_PR_SET_PDEATHSIG = 1
_LATER = ("aiosqlite", "asyncpg", "sqlalchemy.dialects.sqlite.aiosqlite", "alembic.command")
"""What a hub imports only when it starts."""


def _import_everything() -> None:
    for name in ("bot.commands.run", *_LATER):
        importlib.import_module(name)
    # The words of the town are looked up once: pure, in no loop and no thread.
    town = parse_municipality(read_document(None), "default")
    understand("На улице Ленина, 5 не горит фонарь", Context.of(town, classifier_of(COLD)))


def _become_a_hub(order: dict[str, Any]) -> NoReturn:
    """In the child: `python -m bot run` with these settings, its log in this file."""
    code = 70
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        os.environ.clear()
        os.environ.update(order["environment"])
        from bot.commands.run import run

        run()
        code = 0
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _tell(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def _bury() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        _tell(dead=pid, code=os.waitstatus_to_exitcode(status))


def main() -> None:
    """Serve until the standard input ends; the children end with us."""
    _import_everything()
    gc.freeze()
    woken, waker = os.pipe()
    for end in (woken, waker):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    _tell(ready=os.getpid())
    orders = b""
    while True:
        readable, _, _ = select.select([0, woken], [], [])
        if woken in readable:
            os.read(woken, 4096)
        if 0 in readable:
            given = os.read(0, 1 << 16)
            if not given:
                return
            *lines, orders = (orders + given).split(b"\n")
            for line in lines:
                order = json.loads(line)
                pid = os.fork()
                if pid == 0:
                    _become_a_hub(order)
                _tell(born=pid, order=order["number"])
        _bury()


if __name__ == "__main__":
    main()
