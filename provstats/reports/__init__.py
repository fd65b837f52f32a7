"""Reports: official prose read into drafts of rows, and rows checked against it."""
