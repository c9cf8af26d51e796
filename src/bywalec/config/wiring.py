"""Which port is bound to what. A port is a Protocol declared in the lowest area that needs it."""


def bind() -> None:
    """Bind every port of the areas to its implementation."""
