"""A year in one community, told through the same actions that people use, under a set clock."""

from app.demo.command import demo
from app.demo.year import tell_year

__all__ = ["demo", "tell_year"]
