"""Small talk and steering of the conversation."""
