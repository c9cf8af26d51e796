"""Skills around the shop itself."""
