"""The command line: one file per command. A door like the others: it calls areas, it has no rule of its own."""
