"""Making accounts, signing in and out, giving roles for a term."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app
from sqlalchemy import select, update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import HouseError, NotFound, Refused, check
from app.core.limits import look, spend
from app.core.permissions import ROLES, authorize
from app.core.secrets import encrypt, fingerprint, paper_code
from app.core.values import ANYONE, Actor, Ref, Refusal
from app.core.words import N_
from app.identity import queries, rules
from app.identity.events import InvitationAccepted, InvitationMade, RoleEnded, RoleGranted
from app.identity.models import Account, Invitation, LoginSession, RoleGrant
from app.identity.permissions import GRANT_ROLE, INVITE
from app.journal.actions import record
from app.journal.events import Word

UNKNOWN = N_("登录名或密码不对。请再试一次；忘了密码，请到服务台要一个新的八位码。")


class WrongSignIn(HouseError):
    """The sign-in name or the password is not right; which of them is not said."""

    status = 422


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that began: only the browser learns the token."""

    account_id: int
    token: str


_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def _hasher() -> PasswordHasher:
    return _QUICK if current_app.config.get("CHEAP_PASSWORDS") else PasswordHasher()


@transactional
def create_account(name: str, login: str, password: str | None) -> int:
    """Somebody gets an account; the sign-in name is theirs alone. Raises Refused.

    Without a password it gets one that nobody knows, until a code from the desk sets another.
    """
    login = rules.normal_login(login)
    check(rules.login_refusal(login))
    hasher = _hasher()
    if password is None:
        # Nobody tries all of 256 bits, however quickly each is tried.
        password, hasher = secrets.token_hex(32), _QUICK
    check(rules.password_refusal(password, login))
    if queries.find_account(login) is not None:
        raise Refused(Refusal(N_("这个登录名已经有账号了。请直接登录，再输入邀请码。")))
    account = Account(
        name=name,
        login_print=fingerprint(login, "login"),
        login_sealed=encrypt(login, "login"),
        password_hash=hasher.hash(password),
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    return account.id


def sign_in(login: str, password: str, device: str = "", address: str = "") -> NewSession:
    """Who knows the password begins a session. Raises WrongSignIn, TooOften."""
    login = rules.normal_login(login)
    spend("sign-in", fingerprint(login, "limit"), rules.SIGN_IN_RATE)
    look("sign-in-failures", address, rules.FAILURES_RATE)
    account = queries.find_account(login)
    stored = account.password_hash if account else _hasher().hash(secrets.token_hex(8))
    try:
        _hasher().verify(stored, password)
    except VerificationError:
        account = None
    if account is None:
        spend("sign-in-failures", address, rules.FAILURES_RATE)
        raise WrongSignIn(Refusal(UNKNOWN))
    return begin_session(account.id, device)


@transactional
def begin_session(account_id: int, device: str = "") -> NewSession:
    """A browser is signed in for thirty days, until it signs out or is revoked."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        LoginSession(
            token_hash=queries.token_hash(token),
            account_id=account_id,
            device=device[:60],
            created_at=now,
            expires_at=now + rules.SESSION_TERM,
        )
    )
    return NewSession(account_id, token)


@transactional
def end_session(actor: Actor, session_id: int) -> None:
    """A session of one's own ends at once, on whichever device. Raises NotFound."""
    row = db.session.get(LoginSession, session_id)
    if row is None or row.account_id != actor.account_id:
        raise NotFound(N_("没有这个登录。"))
    row.revoked_at = row.revoked_at or clock.now()


@transactional
def change_password(actor: Actor, old: str, new: str) -> None:
    """The password changes and every session ends. Raises WrongSignIn, Refused."""
    account = db.session.get(Account, actor.account_id)
    try:
        if account is None:
            raise VerificationError
        _hasher().verify(account.password_hash, old)
    except VerificationError:
        raise WrongSignIn(Refusal(N_("现在的密码不对。"))) from None
    check(rules.password_refusal(new, ""))
    account.password_hash = _hasher().hash(new)
    alive = (LoginSession.account_id == account.id) & LoginSession.revoked_at.is_(None)
    db.session.execute(update(LoginSession).where(alive).values(revoked_at=clock.now()))


@transactional
def invite(
    actor: Actor, community_id: int, roles: Sequence[str], subject: Ref | None = None, *, to_day: date | None = None
) -> str:
    """A code is handed out, good once and for sixty days; whoever uses it gets these roles until `to_day`.

    Answers with the code; it is stored only as a fingerprint. Raises Forbidden.
    """
    authorize(actor, INVITE, community_id)
    if set(roles) - ROLES.keys():
        raise ValueError(f"unknown roles: {roles}")
    code = paper_code()
    row = Invitation(
        community_id=community_id,
        code_print=fingerprint(code, "invitation"),
        roles=",".join(roles),
        subject_kind=subject.kind if subject else None,
        subject_id=subject.id if subject else None,
        to_day=to_day,
        expires_at=clock.now() + rules.INVITATION_TERM,
    )
    db.session.add(row)
    db.session.flush()
    record(InvitationMade(community_id, row.id), actor, None)
    return code


@transactional
def accept_invitation(actor: Actor, code: str, *, name: str = "", login: str = "", password: str = "") -> int:
    """A code turns into roles: of the signed-in account, else of a new one. Answers with the account. Raises Refused."""
    row = queries.find_invitation(code)
    if row is None:
        raise Refused(Refusal(N_("没有这个邀请码。请照着信上的八位码再输一次。")))
    check(rules.invitation_refusal(clock.now(), row.expires_at, row.used_by is not None))
    if row.subject_kind == "account":
        account_id = _set_password(row.subject_id, login, password)
    else:
        account_id = actor.account_id or create_account(name, login, password)
    now = clock.now()
    won = db.session.execute(
        update(Invitation)
        .where(Invitation.id == row.id, Invitation.used_by.is_(None))
        .values(used_by=account_id, used_at=now)
        .returning(Invitation.id)
    ).scalar()
    check(rules.invitation_refusal(now, row.expires_at, won is None))
    for role in filter(None, row.roles.split(",")):
        _give(ANYONE, row.community_id, account_id, role, clock.today(clock.DAY_ZONE), row.to_day)
    record(InvitationAccepted(row.community_id, row.id), Actor(account_id), None)
    return account_id


def _set_password(account_id: int | None, login: str, password: str) -> int:
    """Who forgot the password comes with a code from the desk and the sign-in name; every other session ends."""
    account = queries.find_account(login)
    if account is None or account.id != account_id:
        raise Refused(Refusal(N_("这个码是给另一个登录名的。请照着信上的登录名写。")))
    check(rules.password_refusal(password, rules.normal_login(login)))
    account.password_hash = _hasher().hash(password)
    alive = (LoginSession.account_id == account.id) & LoginSession.revoked_at.is_(None)
    db.session.execute(update(LoginSession).where(alive).values(revoked_at=clock.now()))
    return account.id


@transactional
def grant_role(
    actor: Actor, community_id: int, account_id: int, role: str, from_day: date, to_day: date | None = None
) -> None:
    """An account takes up a role for a term of office. Raises Forbidden."""
    authorize(actor, GRANT_ROLE, community_id)
    _give(actor, community_id, account_id, role, from_day, to_day)


def _give(actor: Actor, community_id: int, account_id: int, role: str, from_day: date, to_day: date | None) -> None:
    if role not in ROLES:
        raise ValueError(f"unknown role: {role}")
    same = select(RoleGrant.id).filter_by(
        community_id=community_id, account_id=account_id, role=role, from_day=from_day, to_day=to_day
    )
    if db.session.scalar(same) is not None:
        return
    db.session.add(
        RoleGrant(community_id=community_id, account_id=account_id, role=role, from_day=from_day, to_day=to_day)
    )
    record(RoleGranted(community_id, account_id, Word(role), from_day, to_day), actor, Ref("account", account_id))


@transactional
def end_role(actor: Actor, community_id: int, account_id: int, role: str, last_day: date) -> None:
    """A role ends on a day; it is never deleted, so that what was done under it stays explained. Raises Forbidden."""
    authorize(actor, GRANT_ROLE, community_id)
    open_ended = (RoleGrant.to_day.is_(None)) | (RoleGrant.to_day > last_day)
    db.session.execute(
        update(RoleGrant)
        .where(
            RoleGrant.community_id == community_id,
            RoleGrant.account_id == account_id,
            RoleGrant.role == role,
            open_ended,
        )
        .values(to_day=last_day)
    )
    record(RoleEnded(community_id, account_id, Word(role)), actor, Ref("account", account_id))
