"""The roof: the only modules that see every slice. `create_app` puts the house together."""

from app.wiring.application import create_app

__all__ = ["create_app"]
