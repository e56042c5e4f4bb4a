"""What makes the record checkable by anyone with somebody else's program: C2SP, RFC 6962, RFC 9162, RFC 8785."""

from app.journal.rules.auditing import Signed, Verdict, Written, audit, joint_root
from app.journal.rules.canonical import canonical, commitment, read_canonical
from app.journal.rules.checkpoints import Checkpoint, cosign, cosigned_at, open_checkpoint
from app.journal.rules.keys import log_seed, origin
from app.journal.rules.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    consistent,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
)
from app.journal.rules.notes import BadNote, Signature, Verifier, open_note, verifier
from app.journal.rules.tiles import WIDTH, Tile, available, bundle, grow, overlay, read_path, tiles_of, tree, unbundle
from app.journal.rules.witnesses import (
    cosign_refusal,
    cosignature,
    party_refusal,
    possession_text,
    register_refusal,
    speaks_for,
    with_cosignatures,
    witness_key,
)

__all__ = [
    "EMPTY_ROOT",
    "WIDTH",
    "BadNote",
    "Checkpoint",
    "Frontier",
    "Signature",
    "Signed",
    "Tile",
    "Verdict",
    "Verifier",
    "Written",
    "audit",
    "available",
    "bundle",
    "canonical",
    "commitment",
    "consistency_proof",
    "consistent",
    "cosign",
    "cosign_refusal",
    "cosignature",
    "cosigned_at",
    "grow",
    "includes",
    "inclusion_proof",
    "joint_root",
    "leaf_hash",
    "log_seed",
    "node_hash",
    "open_checkpoint",
    "open_note",
    "origin",
    "overlay",
    "party_refusal",
    "possession_text",
    "read_canonical",
    "read_path",
    "register_refusal",
    "root",
    "speaks_for",
    "tiles_of",
    "tree",
    "unbundle",
    "verifier",
    "with_cosignatures",
    "witness_key",
]
