"""Reads of the assistant; what others get is a frozen value."""
