"""Words: what is said in two languages, and the fonts to write it with."""
