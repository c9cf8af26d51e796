"""Dialogue: a state per conversation, scenarios as data, and a pure step from a message to decisions."""
