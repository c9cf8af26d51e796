"""Skills around points, rewards and the card."""
