"""The service: answers as plain data, for language models and other callers from outside."""
