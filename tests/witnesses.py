"""A party's witness as a browser is one, made of `cryptography` alone."""

from base64 import b64encode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.communities.queries import get_community
from app.core import clock
from app.core.values import Actor, Ref
from app.journal import actions, queries
from app.journal.rules import possession_text, witness_key
from tests.world import World


@dataclass
class Browser:
    """Holds the key of one party's witness."""

    world: World
    party: str = "owners"
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def actor(self) -> Actor:
        """Somebody who holds a seat of the party."""
        return self.world.actor("member", Ref(self.party, self.world.community_id))

    @property
    def public(self) -> bytes:
        """The public half."""
        return self.private.public_key().public_bytes_raw()

    def proof(self) -> bytes:
        """That this browser holds the private half."""
        origin = get_community(self.world.community_id).log_origin
        return self.private.sign(possession_text(witness_key(origin, self.party, self.public)))

    def register(self) -> None:
        """Become the party's witness."""
        actions.register_witness(self.actor, self.world.community_id, self.party, self.public, self.proof())

    def signed(self, seconds: int, size: int | None = None) -> tuple[int, bytes]:
        """The size of a head (the newest, if none is named) and its cosignature."""
        head = (
            queries.latest_checkpoint(self.world.community_id)
            if size is None
            else queries.checkpoint_of_size(self.world.community_id, size)
        )
        assert head is not None, "nothing was sealed yet"
        text = head.note.partition("\n\n")[0] + "\n"
        return head.size, self.private.sign(f"cosignature/v1\ntime {seconds}\n{text}".encode())

    def cosign(self, size: int | None = None) -> int:
        """Confirm a head; answers its size."""
        seconds = int(clock.now().timestamp())
        found, signature = self.signed(seconds, size)
        actions.cosign(self.actor, self.world.community_id, self.party, found, seconds, signature)
        return found


def coded(raw: bytes) -> str:
    """Standard base64, as a browser sends it."""
    return b64encode(raw).decode()
