"""The console: where staff work. Server-rendered pages on areas' queries and actions; no business rules."""
