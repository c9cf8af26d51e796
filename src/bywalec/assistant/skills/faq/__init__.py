"""Skills that answer from the knowledge base."""
