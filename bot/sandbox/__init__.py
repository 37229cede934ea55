"""A local Bot API over real HTTP and a town of chats behind it: for tests, the demo and training.

It answers with Telegram's limits, errors and rates, so what passes here passes there. Where it
knows less than Telegram it refuses instead of pretending (`objects_table.UNSUPPORTED`).
"""
