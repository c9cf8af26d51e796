"""Writes of the store; each runs inside the transaction of its caller's scope."""
