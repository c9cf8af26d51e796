"""Skills about the assistant itself."""
