"""What the hub costs, each figure as a ratio against a floor measured in the same run.

A row of the table is a module in `tests/bench/rows/` that registers itself. The product is always
a process of its own (`python -m bot run`); the messenger it talks to is ours
(`tests/bench/messenger.py`).
"""
