"""«Something changed», for waiting without polling."""

import asyncio


class Pulse:
    """Wakes everyone who waits, once, each time it is fired. One event loop, no threads."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()
        self.count = 0
        """How often it was fired: who was busy sees that he has missed something."""

    def fire(self) -> None:
        """Wake all present waiters."""
        self.count += 1
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait for the next fire; False when the time ran out first."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return True
