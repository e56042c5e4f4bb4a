"""The tree agrees with the roots and proofs that Certificate Transparency published."""

import pytest

from app.journal.rules import merkle
from app.journal.rules.merkle import Frontier, consistency_proof, consistent, includes, inclusion_proof, leaf_hash, root

ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
READ = merkle.reader(LEAVES)


def test_the_tree_has_the_published_root_at_every_size() -> None:
    assert [root(size, READ).hex() for size in range(9)] == ROOTS


def test_a_growing_edge_knows_the_published_root_at_every_size() -> None:
    edge = Frontier()
    found = [edge.root().hex()]
    for leaf in LEAVES:
        edge.push(leaf)
        found.append(edge.root().hex())
    assert found == ROOTS
    assert edge.size == 8


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ],
)
def test_a_proof_of_inclusion_is_the_published_one(index: int, size: int, proof: list[str]) -> None:
    found = inclusion_proof(index, size, READ)
    assert [step.hex() for step in found] == proof
    assert includes(LEAVES[index], index, size, found, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(
    ("old", "new", "proof"),
    [
        (1, 1, []),
        (
            1,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_a_proof_of_consistency_is_the_published_one(old: int, new: int, proof: list[str]) -> None:
    found = consistency_proof(old, new, READ)
    assert [step.hex() for step in found] == proof
    assert consistent(old, new, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]), found)


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_there_is_no_proof_for_a_leaf_outside_of_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, READ)
    assert not includes(LEAVES[0], index, size, [], bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), [(0, 4), (5, 4), (-1, 1)])
def test_there_is_no_proof_from_a_larger_or_empty_tree(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no proof"):
        consistency_proof(old, new, READ)
    assert not consistent(old, new, bytes.fromhex(ROOTS[0]), bytes.fromhex(ROOTS[4]), [])


def test_a_proof_that_is_too_long_or_too_short_or_holds_half_a_hash_fails() -> None:
    proof, expected = inclusion_proof(5, 8, READ), bytes.fromhex(ROOTS[8])
    assert not includes(LEAVES[5], 5, 8, proof[:-1], expected)
    assert not includes(LEAVES[5], 5, 8, [*proof, LEAVES[0]], expected)
    assert not includes(LEAVES[5], 5, 8, [proof[0][:31], *proof[1:]], expected)
    assert not includes(LEAVES[5], 4, 8, proof, expected)
    steps = consistency_proof(6, 8, READ)
    old_root = bytes.fromhex(ROOTS[6])
    assert not consistent(6, 8, old_root, expected, steps[:-1])
    assert not consistent(6, 8, old_root, expected, [*steps, LEAVES[0]])
    assert not consistent(6, 8, old_root, expected, [])
    assert not consistent(6, 8, old_root, expected, [steps[0][:31], *steps[1:]])
    assert not consistent(8, 8, expected, old_root, [])
    assert not consistent(8, 8, expected, expected, steps)


@pytest.mark.parametrize("count", [0, 3, 6])
def test_only_a_full_subtree_can_be_folded(count: int) -> None:
    with pytest.raises(ValueError, match="full subtree"):
        merkle.fold(LEAVES[:count])
