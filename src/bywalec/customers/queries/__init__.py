"""Reads about people; they return frozen values, never rows."""
