"""Writes of the inbox; each runs inside the caller's `tenancy.scope`."""
