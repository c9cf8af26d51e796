"""Bywalec: a loyalty programme and a customer assistant for a small shop, in one self-hosted program."""

__version__ = "0.1.0"
