"""Settings, addresses, and which port is bound to what."""
