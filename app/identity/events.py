"""What can happen to accounts and roles."""

from dataclasses import dataclass
from datetime import date

from app.core.words import N_
from app.journal.events import Word


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """A code was handed out; for what stays beside the record."""

    community_id: int
    invitation_id: int


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """Somebody made or joined an account by a code; who and for what stays beside the record."""

    community_id: int
    invitation_id: int


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """An account took up a role for a term."""

    community_id: int
    account_id: int
    role: Word
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """An account's role ended."""

    community_id: int
    account_id: int
    role: Word


WORDS = {
    InvitationMade: N_("发出一份邀请"),
    InvitationAccepted: N_("一份邀请被接受"),
    RoleGranted: N_("一个账号开始担任职务"),
    RoleEnded: N_("一个账号的职务结束"),
}
