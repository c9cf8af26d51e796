"""The smoke run: a fresh shop on a free port, and the main job played through HTTP.

A till, a customer and a consultant do what people would do; every answer is compared with what was worked out apart
from the server.
"""
