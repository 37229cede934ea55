"""The town in a browser: a page that looks and works like a messenger, served by the sandbox.

People of the town read and write here; the bot behind it is the unchanged `run`, a process of its
own. For trying the product without an account, for training staff, and for tests.
"""
