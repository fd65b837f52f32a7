"""The command line: what the library answers, for a terminal and for other programs."""
