"""Written mandates: who may vote for whom, how many one proxy holds, which lines a proxy sees."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from app.core.db import ask, db
from app.core.errors import NotFound
from app.core.formats import masked
from app.core.memory import remember
from app.core.secrets import decrypt, fingerprint
from app.core.values import Ref
from app.core.words import N_
from app.voting.models import ProxyMandate, RollEntry
from app.voting.queries.polls import PollRow

HOLDER, INSTRUCTION = "proxy-holder", "proxy-instruction"


@dataclass(frozen=True, slots=True)
class MandateRow:
    """One written mandate: for which line, who holds it (name masked), since when, and whether it was taken back.

    `bound` says that it names how to vote; what it names is asked by actions alone.
    """

    id: int
    entry_id: int
    key: str
    label: str
    holder: str
    proxy: Ref | None
    bound: bool
    registered_at: datetime
    registered_by: int
    revoked_at: datetime | None
    revoked_reason: str


def _rows() -> Select[ProxyMandate, str, str]:
    return select(ProxyMandate, RollEntry.key, RollEntry.label).join(RollEntry, RollEntry.id == ProxyMandate.entry_id)


def _row(found: Any) -> MandateRow:
    mandate, key, label = found
    name = json.loads(decrypt(mandate.holder_sealed, HOLDER))["name"]
    return MandateRow(
        mandate.id,
        mandate.entry_id,
        key,
        label,
        masked(name),
        mandate.proxy,
        mandate.instruction is not None,
        mandate.registered_at,
        mandate.registered_by,
        mandate.revoked_at,
        mandate.revoked_reason or "",
    )


def holder_print(poll: PollRow, name: str, phone: str) -> str:
    """By which a proxy is recognised who holds several mandates, without being readable."""
    return fingerprint(f"{poll.id}|{name}|{phone}", HOLDER)


def held(poll_id: int, print_: str) -> int:
    """How many standing mandates one proxy holds in a poll."""
    wanted = select(func.count()).where(
        ProxyMandate.poll_id == poll_id, ProxyMandate.holder_print == print_, ProxyMandate.revoked_at.is_(None)
    )
    return db.session.scalar(wanted) or 0


def standing_mandate(entry_id: int) -> MandateRow | None:
    """The mandate that stands for a line, or None."""
    found = db.session.execute(
        _rows().where(ProxyMandate.entry_id == entry_id, ProxyMandate.revoked_at.is_(None))
    ).first()
    return None if found is None else _row(found)


def get_mandate(poll: PollRow, mandate_id: int) -> MandateRow:
    """One mandate of a poll. Raises NotFound."""
    found = db.session.execute(_rows().where(ProxyMandate.id == mandate_id, ProxyMandate.poll_id == poll.id)).first()
    if found is None:
        raise NotFound(N_("这次表决没有这份委托。"))
    return _row(found)


def mandates(poll: PollRow) -> list[MandateRow]:
    """Every mandate of a poll, newest first, those taken back too."""
    wanted = _rows().where(ProxyMandate.poll_id == poll.id).order_by(ProxyMandate.id.desc())
    return [_row(found) for found in db.session.execute(wanted)]


def mandates_for(entry_ids: Collection[int]) -> Mapping[int, MandateRow]:
    """The mandates that stand for some lines, by line; one statement."""
    if not entry_ids:
        return {}
    asked = ("mandates", *entry_ids)
    rows = remember(asked, lambda: [_row(found) for found in ask(_standing, entries=list(entry_ids))])
    return {row.entry_id: row for row in rows}


def _standing(entries: Any) -> Select[ProxyMandate, str, str]:
    return _rows().where(ProxyMandate.entry_id.in_(entries), ProxyMandate.revoked_at.is_(None))


def instruction(mandate_id: int | None) -> str | None:
    """How a mandate says to vote, for the action that compares it with a ballot; no page asks for it."""
    if mandate_id is None:
        return None
    sealed = db.session.scalar(select(ProxyMandate.instruction).filter_by(id=mandate_id))
    return None if sealed is None else decrypt(sealed, INSTRUCTION)


def by_kind(refs: Collection[Ref]) -> dict[str, list[int]]:
    """References by their kinds, each a parameter of its name in statements that ask `held_by` and `spoken_for` them."""
    kinds: dict[str, list[int]] = {}
    for ref in sorted(refs, key=lambda ref: ref.kind):
        kinds.setdefault(ref.kind, []).append(ref.id)
    return kinds


def held_by(kinds: Collection[str]) -> ColumnElement[bool]:
    """What a mandate's row must be, to be held by one of the references `by_kind`."""
    proxies = (
        (ProxyMandate.proxy_kind == kind) & ProxyMandate.proxy_id.in_(bindparam(kind, expanding=True)) for kind in kinds
    )
    return or_(*proxies) & ProxyMandate.revoked_at.is_(None)
