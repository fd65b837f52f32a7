"""Reports: official prose read into drafts of rows, and rows held against the prose."""
