"""Analysis: the questions that are answered with the comparisons, a file for each."""
