"""Writes of the assistant."""
