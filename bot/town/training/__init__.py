"""The training room (decree, item 4): staff learn on practice cases in the town's own chats.

The town's database is temporary, so nothing of it counts in a score; what is kept is a file of
results, by first names.
"""
