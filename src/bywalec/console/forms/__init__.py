"""Forms of the console: what a person typed, read and checked before an action gets it."""
