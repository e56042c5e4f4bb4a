"""What a witness's browser sends: numbers and signatures that it has worked out itself."""

from base64 import b64decode
from typing import Any, get_args

from wtforms import HiddenField, ValidationError

from app.core.forms import HouseForm
from app.core.i18n import _
from app.core.words import N_
from app.journal.events import Reason

REASON_WORDS: dict[str, str] = {
    "shorter": N_("账本比以前确认过的短了"),
    "other-root": N_("同样长的账本，树根变了"),
    "not-continued": N_("新的账本不是从以前确认过的那一本接着写的"),
    "not-signed": N_("账本的签名不对"),
}
UNFINISHED = N_("浏览器没有把签名算好。请重新打开这一页再试。")


class WitnessForm(HouseForm):
    """For which party."""

    party = HiddenField()


def bytes_of(text: Any, many: int) -> bytes:
    """So many bytes out of standard base64. Raises ValidationError for anything else."""
    try:
        raw = b64decode(str(text or ""), validate=True)
    except ValueError:
        raw = b""
    if len(raw) != many:
        raise ValidationError(_(UNFINISHED))
    return raw


class RegisterWitnessForm(WitnessForm):
    """The public half of a key, and proof that this browser holds the private half."""

    public = HiddenField()
    proof = HiddenField()

    def validate_public(self, field: Any) -> None:
        """32 bytes."""
        bytes_of(field.data, 32)

    def validate_proof(self, field: Any) -> None:
        """64 bytes."""
        bytes_of(field.data, 64)


class CosignForm(WitnessForm):
    """The size of a head, when it was signed, and the signature."""

    size = HiddenField()
    seconds = HiddenField()
    signature = HiddenField()

    def validate_size(self, field: Any) -> None:
        """A whole number."""
        _whole(field)

    def validate_seconds(self, field: Any) -> None:
        """A whole number."""
        _whole(field)

    def validate_signature(self, field: Any) -> None:
        """64 bytes."""
        bytes_of(field.data, 64)


class DoubtForm(WitnessForm):
    """What was confirmed before, and what does not fit now."""

    size = HiddenField()
    root = HiddenField()
    reason = HiddenField()

    def validate_reason(self, field: Any) -> None:
        """One of the faults that a browser can find."""
        if field.data not in get_args(Reason):
            raise ValidationError(_(UNFINISHED))

    def validate_size(self, field: Any) -> None:
        """A whole number."""
        _whole(field)

    def validate_root(self, field: Any) -> None:
        """32 bytes."""
        bytes_of(field.data, 32)


def _whole(field: Any) -> None:
    text = str(field.data or "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise ValidationError(_(UNFINISHED))
