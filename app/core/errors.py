"""What can go wrong, as values that one table turns into a page, a fragment or a problem document."""

from collections.abc import Mapping

from app.core.values import Refusal


class HouseError(Exception):
    """Something that the reader is told in a sentence."""

    status = 500

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


class Refused(HouseError):
    """The law or the state of the matter does not allow it now."""

    status = 409


class Conflict(HouseError):
    """Somebody else changed it meanwhile."""

    status = 409

    def __init__(self, sentence: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(Refusal(sentence, values or {}))


class Forbidden(HouseError):
    """This role does not have this verb."""

    status = 403


class NotFound(HouseError):
    """There is no such thing here, or none that this reader may see."""

    status = 404

    def __init__(self, sentence: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(Refusal(sentence, values or {}))


class Malformed(HouseError):
    """What was sent cannot be read."""

    status = 400

    def __init__(self, sentence: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(Refusal(sentence, values or {}))


class SignInNeeded(Exception):
    """The reader has to say who they are first."""


def check(refusal: Refusal | None) -> None:
    """Stop here with the reason, when a rule gives one. Raises Refused."""
    if refusal is not None:
        raise Refused(refusal)
