"""Tables: files of statistical offices become tidy rows, and rows become tables for readers."""
