"""Bringing the demo into the database, step by step, each through the actions that everybody else uses.

Every step can be run again: it looks what is there and adds what is missing.
"""
