"""Pages: one module for each kind of page, each of which asks the public API."""
