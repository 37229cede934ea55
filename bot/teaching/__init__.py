"""The classifier's models at work: which there are, which is in use, and the nightly learning."""
