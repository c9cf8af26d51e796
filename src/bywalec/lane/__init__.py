"""The hot path of the HTTP interface: a plain ASGI application beside Django, without rules of its own."""
