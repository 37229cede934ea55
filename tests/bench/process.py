"""A measured process: what it has cost so far, and its end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 30.0
_logs = count()


@dataclass(frozen=True)
class Measured:
    """One running process."""

    pid: int
    log: Path

    @property
    def cpu(self) -> float:
        """Seconds of processor time, of all its threads, from the kernel's own count."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> int:
        """Bytes that are resident."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def running(
    *module: str, folder: Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Measured]:
    """`python -m MODULE …` from start to a polite end; its words go into a file."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OTKLIK_")}
    log = folder / f"{module[0]}-{next(_logs)}.log"
    with log.open("wb") as words:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *module,
            cwd=ROOT,
            env={**clean, "PYTHONPATH": str(ROOT), **(environment or {})},
            stdout=words,
            stderr=words,
        )
    ended = asyncio.create_task(child.wait())
    try:
        yield Measured(child.pid, log)
        if ended.done():
            raise RuntimeError(f"{module} ended by itself:\n{log.read_text()[-2000:]}")
    finally:
        if not ended.done():
            child.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(asyncio.shield(ended), PATIENCE)
            except TimeoutError:
                child.kill()
        await ended
