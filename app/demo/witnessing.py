"""Parties witness the record: a key of their own, made as their browser would, confirms the head of the log."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.communities.queries import get_community
from app.core import clock
from app.demo.stage import Stage, Thread
from app.journal.actions import cosign, register_witness, settle
from app.journal.queries import latest_checkpoint
from app.journal.rules import cosign as cosigned
from app.journal.rules import possession_text, witness_key
from app.journal.rules.checkpoints import TIME_BYTES


class Witness:
    """What the browser of one party's witness keeps: the private half of a key that nobody else ever has."""

    def __init__(self, stage: Stage, party: str, who: str) -> None:
        self.stage, self.party, self.who = stage, party, who
        self.key = Ed25519PrivateKey.generate()

    def watch(self, *days: int) -> Thread:
        """The key is registered; on these days, counted back from today, the newest head is confirmed."""
        stage = self.stage
        yield stage.at(days[0], 20)
        public = self.key.public_key().public_bytes_raw()
        named = witness_key(get_community(stage.community_id).log_origin, self.party, public)
        proof = self.key.sign(possession_text(named))
        register_witness(stage.actor(self.who), stage.community_id, self.party, public, proof)
        for ago in days:
            yield stage.at(ago, 20, 30)
            self.confirm()

    def confirm(self) -> None:
        """What was recorded until now is sealed and told, and its head cosigned."""
        settle()
        head = latest_checkpoint(self.stage.community_id)
        assert head is not None, "something was sealed"
        seconds = int(clock.now().timestamp())
        line = cosigned(head.note, self.party, self.key.private_bytes_raw(), seconds)
        witness = self.stage.actor(self.who)
        cosign(witness, self.stage.community_id, self.party, head.size, seconds, line.body[TIME_BYTES:])
