"""Finding accounts, sessions and roles."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    CompoundSelect,
    Date,
    String,
    bindparam,
    cast,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql import visitors

from app.core import clock
from app.core.db import Moment, columns, db
from app.core.errors import NotFound
from app.core.house import voices
from app.core.secrets import fingerprint, read_paper_code
from app.core.values import Grant, Ref
from app.core.words import N_
from app.identity.models import Account, Invitation, LoginSession, RoleGrant
from app.identity.rules import normal_login


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whoever a session belongs to, with the roles in force today, and everything that they may speak for."""

    account_id: int
    session_id: int
    name: str
    grants: frozenset[Grant]
    acts_as: frozenset[Ref]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One signed-in browser, as its owner sees it."""

    id: int
    device: str
    created_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with its term."""

    account_id: int
    name: str
    role: str
    from_day: date
    to_day: date | None


def token_hash(token: str) -> str:
    """What the database knows of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


GRANT = aliased(RoleGrant)
traverse: Any = visitors.replacement_traverse  # it knows no type of a union
SESSION = (
    select(LoginSession.id, Account.id, Account.name, GRANT.community_id, GRANT.role)
    .join(Account, Account.id == LoginSession.account_id)
    .outerjoin(
        GRANT,
        (GRANT.account_id == Account.id)
        & (GRANT.from_day <= bindparam("today", type_=Date))
        & or_(GRANT.to_day.is_(None), GRANT.to_day >= bindparam("today", type_=Date)),
    )
    .where(
        LoginSession.token_hash == bindparam("token"),
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > bindparam("now", type_=Moment),
        Account.closed_at.is_(None),
    )
)


@lru_cache(maxsize=8)
def _session_with(voices: CompoundSelect[str, int]) -> CompoundSelect[Any]:
    """A session with its roles, and in rows without a session what its account may speak for."""
    whose = select(LoginSession.account_id).where(LoginSession.token_hash == bindparam("token")).scalar_subquery()

    def put(part: Any, **_: Any) -> Any:
        return whose if isinstance(part, BindParameter) and part.key == "account_id" else None

    kind, number = traverse(voices, {}, put).subquery().columns
    nobody = cast(null(), BigInteger)
    return union_all(SESSION, select(nobody, nobody, cast(null(), String), number, kind))


def find_session(token: str) -> SignedIn | None:
    """Who is signed in with a token, if the session is alive; one statement with the roles and all they speak for."""
    values = {"token": token_hash(token), "now": clock.now(), "today": clock.today(clock.DAY_ZONE)}
    rows = columns(_session_with(voices()), values)
    found = [row for row in rows if row[0] is not None]
    if not found:
        return None
    session_id, account_id, name, _, _ = found[0]
    grants = frozenset(Grant(row[3], row[4]) for row in found if row[3] is not None)
    acts_as = frozenset(Ref(row[4], row[3]) for row in rows if row[0] is None)
    return SignedIn(account_id, session_id, name, grants, acts_as)


def grants_of(account_id: int) -> frozenset[Grant]:
    """The roles of an account that are in force today, in every community."""
    today = clock.today(clock.DAY_ZONE)
    wanted = select(RoleGrant.community_id, RoleGrant.role).where(
        RoleGrant.account_id == account_id,
        RoleGrant.from_day <= today,
        or_(RoleGrant.to_day.is_(None), RoleGrant.to_day >= today),
    )
    return frozenset(Grant(*row) for row in db.session.execute(wanted))


def find_account(login: str) -> Account | None:
    """The open account of a sign-in name."""
    print_ = fingerprint(normal_login(login), "login")
    return db.session.scalar(select(Account).where(Account.login_print == print_, Account.closed_at.is_(None)))


def account_name(account_id: int) -> str:
    """The name of an account. Raises NotFound."""
    name = db.session.scalar(select(Account.name).where(Account.id == account_id))
    if name is None:
        raise NotFound(N_("没有这个账号。"))
    return name


def account_names(account_ids: set[int]) -> dict[int, str]:
    """The names of several accounts in one statement."""
    if not account_ids:
        return {}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    return {row[0]: row[1] for row in rows}


def find_invitation(code: str) -> Invitation | None:
    """The invitation of a typed code."""
    print_ = fingerprint(read_paper_code(code), "invitation")
    return db.session.scalar(select(Invitation).where(Invitation.code_print == print_))


def accepted(invitation_id: int) -> tuple[int, Ref | None]:
    """The account that used an invitation, and the thing that the invitation was for. Raises NotFound."""
    row = db.session.get(Invitation, invitation_id)
    if row is None or row.used_by is None:
        raise NotFound(N_("没有这个邀请码。请照着信上的八位码再输一次。"))
    return row.used_by, Ref(row.subject_kind, row.subject_id) if row.subject_kind and row.subject_id else None


def sessions(account_id: int, current_id: int) -> list[SessionRow]:
    """The living sessions of an account, newest first."""
    wanted = (
        select(LoginSession)
        .where(
            LoginSession.account_id == account_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > clock.now(),
        )
        .order_by(LoginSession.created_at.desc(), LoginSession.id.desc())
    )
    return [SessionRow(row.id, row.device, row.created_at, row.id == current_id) for row in db.session.scalars(wanted)]


def holders(community_id: int, role: str) -> list[RoleRow]:
    """Who holds a role in a community today, by name."""
    today = clock.today(clock.DAY_ZONE)
    wanted = (
        select(Account.id, Account.name, RoleGrant.role, RoleGrant.from_day, RoleGrant.to_day)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.community_id == community_id,
            RoleGrant.role == role,
            RoleGrant.from_day <= today,
            or_(RoleGrant.to_day.is_(None), RoleGrant.to_day >= today),
        )
        .order_by(Account.name, Account.id)
    )
    return [RoleRow(*row) for row in db.session.execute(wanted)]
