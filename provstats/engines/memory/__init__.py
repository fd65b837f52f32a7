"""The engine for rows in memory: a frame becomes a panel, a panel an answer."""
