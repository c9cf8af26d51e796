"""Bringing purchases in from files: read, understand, group into receipts, take in by chunks, account for every row."""
