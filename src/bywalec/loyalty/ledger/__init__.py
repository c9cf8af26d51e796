"""The ledger: `post` is the only way points move."""
