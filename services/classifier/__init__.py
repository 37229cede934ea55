"""Which of the classifier's 26 groups and 359 topics a text is about (docs/understanding.md).

Pure computation over words: a vocabulary and a model come in as values. NumPy is imported here,
so nothing that has to start at once imports this room at its top.
"""
