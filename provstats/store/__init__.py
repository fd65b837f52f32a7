"""Store: what is shipped, and how it is read: regions, documents, observations, files."""
