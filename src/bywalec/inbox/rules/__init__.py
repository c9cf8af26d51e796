"""Pure rules of the inbox: no database, no clock."""
