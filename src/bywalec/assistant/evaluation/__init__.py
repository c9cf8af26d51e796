"""Measuring the assistant on files: dialogues played through the real path, understanding counted on labelled texts."""
