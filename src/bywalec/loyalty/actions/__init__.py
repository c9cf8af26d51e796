"""Writes of the loyalty area: load, decide by pure rules, save, publish."""
