"""Skills that bring a person in."""
