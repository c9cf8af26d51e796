"""Writes about people; each runs inside the transaction of its caller's scope."""
