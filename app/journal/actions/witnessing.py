"""The witnesses of the four parties: a key is registered, a head cosigned, a doubt made public."""

import hashlib
from typing import cast

from sqlalchemy import update

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import NotFound, Refused, check
from app.core.permissions import authorize
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.journal import queries
from app.journal.actions.recording import record
from app.journal.events import Digest, Party, Reason, WitnessDoubted, WitnessRegistered
from app.journal.models import JournalCosignature, JournalWitness
from app.journal.permissions import WITNESS_LOG
from app.journal.rules import (
    BadNote,
    cosign_refusal,
    party_refusal,
    register_refusal,
    witness_key,
)

NO_KEY = N_("这把钥匙读不懂。请重新打开这一页再试。")
NOT_REGISTERED = N_("这一方还没有登记见证人的钥匙。")
NO_HEAD = N_("账本没有在这个长度上签过名。请重新核对一次。")


@transactional
def register_witness(actor: Actor, community_id: int, party: str, public: bytes, proof: bytes) -> None:
    """A party gets a witness: the public half of a key that was made in a browser, with proof that the browser holds it.

    It takes the place of the party's witness before; the same key again changes nothing. Raises Forbidden and Refused.
    """
    authorize(actor, WITNESS_LOG, community_id)
    check(party_refusal(actor, community_id, party))
    try:
        key = witness_key(get_community(community_id).log_origin, party, public)
    except BadNote as error:
        raise Refused(Refusal(NO_KEY)) from error
    check(register_refusal(key, proof))
    standing = queries.witnesses(community_id).get(party)
    if standing is not None and standing.key.public == public:
        return
    now = clock.now()
    if standing is not None:
        db.session.execute(update(JournalWitness).where(JournalWitness.id == standing.id).values(until=now))
    db.session.add(
        JournalWitness(community_id=community_id, party=party, public=public, account_id=actor.account_id, since=now)
    )
    db.session.flush()
    digest = Digest(hashlib.sha256(public).hexdigest())
    record(WitnessRegistered(community_id, cast(Party, party), digest), actor, None)


@transactional
def cosign(actor: Actor, community_id: int, party: str, size: int, seconds: int, signature: bytes) -> None:
    """A party's witness confirms a head: its browser held it against the one that it had confirmed before.

    The cosignature stands under the head, not in the log: an entry of its own would make a new head that nobody has
    confirmed. The same head again changes nothing. Raises Forbidden and Refused.
    """
    authorize(actor, WITNESS_LOG, community_id)
    check(party_refusal(actor, community_id, party))
    witness = queries.witnesses(community_id).get(party)
    head = queries.checkpoint_of_size(community_id, size)
    if witness is None:
        raise Refused(Refusal(NOT_REGISTERED))
    if head is None:
        raise NotFound(NO_HEAD)
    now = clock.now()
    check(cosign_refusal(head.note, witness.key, seconds, signature, size=size, known=witness.size, now=now))
    if size == witness.size:
        return
    db.session.add(
        JournalCosignature(
            community_id=community_id,
            size=size,
            witness_id=witness.id,
            seconds=seconds,
            signature=signature,
            at=now,
        )
    )
    db.session.flush()


@transactional
def doubt_log(actor: Actor, community_id: int, party: str, size: int, root: bytes, reason: Reason) -> None:
    """A witness that cannot confirm the log says so in the log itself: which head it held, and what does not fit.

    Raises Forbidden and Refused.
    """
    authorize(actor, WITNESS_LOG, community_id)
    check(party_refusal(actor, community_id, party))
    if party not in queries.witnesses(community_id):
        raise Refused(Refusal(NOT_REGISTERED))
    event = WitnessDoubted(community_id, cast(Party, party), size, Digest(root.hex()), reason)
    record(event, actor, None)
