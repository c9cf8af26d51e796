"""Replies: templates per language, filled with typed data, spoken in proper Polish, English and Ukrainian."""
