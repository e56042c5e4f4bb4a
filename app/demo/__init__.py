"""A year in one community, told through the same actions that people use, under a set clock."""

from app.demo.command import demo

__all__ = ["demo"]
