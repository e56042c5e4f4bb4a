"""The addresses of the house: made ready for reading at once, for writing by whoever first links there."""

from collections.abc import Callable
from typing import Any, ClassVar

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class HouseRule(Rule):
    """An address whose links are compiled when the first page links there, once a process.

    Werkzeug does it at the start, by writing Python: a tenth of a second for two hundred addresses, at every start.
    """

    compiled: ClassVar[dict[object, Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        known = (tuple(self._trace), repr(self.defaults), append_unknown)
        compile_now = super()._compile_builder

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            builder = self.compiled.get(known)
            if builder is None:
                builder = self.compiled[known] = compile_now(append_unknown)
            return builder(rule, **values)

        return build
