"""When somebody of the register may be brought to an account."""

from app.core.values import Refusal
from app.core.words import N_


def link_refusal(linked_to: int | None, account_id: int | None) -> Refusal | None:
    """One person of the register acts through one account; the same account again is no harm."""
    if linked_to is None or linked_to == account_id:
        return None
    return Refusal(N_("名册里的这一位已经有账号。换账号请到服务台核对身份后办理。"))


def invite_refusal(owns: bool, lives_here: bool) -> Refusal | None:
    """A code is for who owns something here or lives here now."""
    if owns or lives_here:
        return None
    return Refusal(N_("这一位现在既不是业主，也不住在这里，不能发邀请码。"))
