"""A verifier that shares no code with the house: hashlib, json and an Ed25519 key, and what the site serves.

Everything is computed here from RFC 6962, RFC 8032 and the C2SP specifications.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.core.db import transactional
from app.core.values import ANYONE, Ref
from app.journal.actions import attach, record, seal
from tests.page_client import PageClient
from tests.world import World


@dataclass(frozen=True, slots=True)
class BrickLaid:
    """Something happened."""

    community_id: int
    brick: int


@transactional
def lay(community_id: int, brick: int) -> str:
    """The action of these tests."""
    return attach(record(BrickLaid(community_id, brick), ANYONE, Ref("wall", 1)))


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + tree_hash(leaves[:k]) + tree_hash(leaves[k:])).digest()


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def climb(index: int, size: int, node: bytes, path: Sequence[bytes]) -> bytes:
    """The root to which an audit path leads, by the recursive definition of RFC 6962 section 2.1.1."""
    if size == 1:
        assert not path
        return node
    k = 1
    while 2 * k < size:
        k *= 2
    *below, top = path
    if index < k:
        return hashlib.sha256(b"\x01" + climb(index, k, node, below) + top).digest()
    return hashlib.sha256(b"\x01" + top + climb(index - k, size - k, node, below)).digest()


def opened(note: str, vkey: str) -> tuple[str, int, bytes]:
    """Origin, size and root of a checkpoint whose signature holds."""
    name, hash_, coded = vkey.strip().split("+", 2)
    key = base64.b64decode(coded, validate=True)
    assert key[0] == 1
    key_id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    assert key_id.hex() == hash_
    text, _, signatures = note.partition("\n\n")
    dash, signer, signature = signatures.rstrip("\n").split(" ")
    assert (dash, signer) == ("—", name)
    raw = base64.b64decode(signature, validate=True)
    assert raw[:4] == key_id
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(raw[4:], (text + "\n").encode())
    origin, size, root = text.split("\n")
    assert origin == name
    return origin, int(size), base64.b64decode(root, validate=True)


@dataclass(frozen=True, slots=True)
class Site:
    """What a stranger can ask the site for."""

    get: Callable[[str], bytes]

    def entries(self, size: int) -> list[bytes]:
        found: list[bytes] = []
        for start in range(0, size, 256):
            width = min(256, size - start)
            data = self.get(f"log/tile/entries/{start // 256:03}" + (f".p/{width}" if width < 256 else ""))
            while data:
                length = int.from_bytes(data[:2], "big")
                found.append(data[2 : 2 + length])
                data = data[2 + length :]
        return found

    def leaves(self, size: int) -> list[bytes]:
        found: list[bytes] = []
        for start in range(0, size, 256):
            width = min(256, size - start)
            data = self.get(f"log/tile/0/{start // 256:03}" + (f".p/{width}" if width < 256 else ""))
            found += [data[i : i + 32] for i in range(0, len(data), 32)]
        return found


@pytest.fixture
def site(client: PageClient, world: World) -> Site:
    return Site(lambda path: client.get(f"/c/{world.slug}/{path}").response.data)


def test_a_stranger_verifies_every_entry_proof_and_head(site: Site, world: World) -> None:
    vkey = site.get("log/vkey").decode()
    heads: list[tuple[int, bytes]] = []
    codes: list[str] = []
    for until in (1, 2, 7, 260, 300):
        codes += [lay(world.community_id, brick) for brick in range(len(codes), until)]
        seal()
        origin, size, root = opened(site.get("log/checkpoint").decode(), vkey)
        assert origin == "127.0.0.1:8000/c/wutongli/log"
        heads.append((size, root))

    size, root = heads[-1]
    entries, leaves = site.entries(size), site.leaves(size)
    assert [leaf(entry) for entry in entries] == leaves
    assert tree_hash(leaves) == root
    assert all(tree_hash(leaves[:size]) == root for size, root in heads), "an older head does not begin this log"
    assert site.get("log/tile/1/000.p/1") == tree_hash(leaves[:256])

    for number, code in enumerate(codes[::29]):
        receipt = json.loads(site.get(f"receipts/{code}.json"))
        assert receipt["status"] == "sealed"
        _, covered, head = opened(receipt["checkpoint"], vkey)
        path = [base64.b64decode(step, validate=True) for step in receipt["proof"]]
        entry = receipt["entry"].encode()
        assert climb(receipt["index"], covered, leaf(entry), path) == head
        assert entries[receipt["index"]] == entry
        told = json.loads(entry)
        assert (told["event"], told["brick"], told["matter"]) == ("BrickLaid", number * 29, "wall:1")
        assert json.dumps(told, sort_keys=True, separators=(",", ":")) == receipt["entry"]


def test_what_is_forged_does_not_pass_the_stranger(site: Site, world: World) -> None:
    code = lay(world.community_id, 1)
    lay(world.community_id, 2)
    seal()
    vkey = site.get("log/vkey").decode()
    receipt = json.loads(site.get(f"receipts/{code}.json"))
    _, size, root = opened(receipt["checkpoint"], vkey)
    path = [base64.b64decode(step) for step in receipt["proof"]]
    forged = receipt["entry"].replace('"brick":1', '"brick":9')
    assert forged != receipt["entry"]
    assert climb(receipt["index"], size, leaf(forged.encode()), path) != root
    with pytest.raises(InvalidSignature):
        opened(receipt["checkpoint"].replace(f"\n{size}\n", f"\n{size + 1}\n"), vkey)
