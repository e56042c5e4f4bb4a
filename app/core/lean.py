"""A server answers sooner without what nobody asks for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*libraries: str) -> Iterator[None]:
    """Libraries that others load wherever they find them are not found meanwhile; who needs them loads them later."""
    hidden = [name for name in libraries if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is how Python says: do not look for it
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
