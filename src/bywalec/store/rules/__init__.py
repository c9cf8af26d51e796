"""Pure rules of the store: no database, no clock."""
