"""Parts: what the files of several functions share."""
