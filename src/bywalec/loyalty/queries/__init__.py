"""Reads of the loyalty area: what other areas get is a frozen value, never a row."""
