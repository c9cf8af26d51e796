"""Reads of the store; they return frozen records, never rows."""
