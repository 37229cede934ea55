"""The parts of the day, in order; each is a coroutine over the `Day`."""
