"""The shop's questions and answers: kept as rows, found by likeness, never guessed."""
