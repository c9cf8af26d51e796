"""What the tests of the customers area share: a shop whose unit of work is open."""

from collections.abc import Iterator

import pytest

from bywalec.foundation import crypto
from tests.plugins.world import World


@pytest.fixture
def ours(world: World) -> Iterator[World]:
    """Open a unit of work of the shop for the whole test."""
    crypto.forget_cached_keys()
    with world.scope():
        yield world
