"""Whatever is in the log: each proof verifies, each changed byte is found, and growing is the same as computing anew."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.journal.rules import canonical, merkle, read_canonical, tiles
from app.journal.rules.merkle import Frontier, consistency_proof, consistent, includes, inclusion_proof, leaf_hash, root

LEAVES = [leaf_hash(n.to_bytes(4, "big")) for n in range(70_000)]
SMALL = 130


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """The definition of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return merkle.node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


def test_the_first_trees_have_the_root_of_the_definition() -> None:
    read = merkle.reader(LEAVES[:SMALL])
    assert all(root(size, read) == naive_root(LEAVES[:size]) for size in range(SMALL + 1))


def test_every_leaf_of_every_small_tree_is_proved() -> None:
    read = merkle.reader(LEAVES[:40])
    for size in range(1, 41):
        head = root(size, read)
        assert all(includes(LEAVES[i], i, size, inclusion_proof(i, size, read), head) for i in range(size))


def test_all_prefixes_of_a_log_are_consistent() -> None:
    read = merkle.reader(LEAVES[:40])
    roots = [root(size, read) for size in range(41)]
    for new in range(1, 41):
        for old in range(1, new + 1):
            proof = consistency_proof(old, new, read)
            assert consistent(old, new, roots[old], roots[new], proof)


@st.composite
def spots(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(st.integers(1, 3000))
    return draw(st.integers(0, size - 1)), size


@given(spots(), st.data())
def test_one_flipped_bit_anywhere_breaks_a_proof_of_inclusion(spot: tuple[int, int], data: st.DataObject) -> None:
    index, size = spot
    read = merkle.reader(LEAVES[:size])
    head, proof = root(size, read), inclusion_proof(index, size, read)
    assert includes(LEAVES[index], index, size, proof, head)
    parts = [LEAVES[index], head, *proof]
    part, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[part] = flipped(parts[part], bit)
    assert not includes(parts[0], index, size, parts[2:], parts[1])
    other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index)) if size > 1 else index + 1
    assert not includes(LEAVES[index], other, size, proof, head)


@given(spots(), st.data())
def test_one_flipped_bit_anywhere_breaks_a_proof_of_consistency(spot: tuple[int, int], data: st.DataObject) -> None:
    old, new = spot[0] + 1, spot[1]
    read = merkle.reader(LEAVES[:new])
    parts = [root(old, read), root(new, read), *consistency_proof(old, new, read)]
    assert consistent(old, new, parts[0], parts[1], parts[2:])
    part, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[part] = flipped(parts[part], bit)
    assert not consistent(old, new, parts[0], parts[1], parts[2:])


def flipped(hash_: bytes, bit: int) -> bytes:
    changed = bytearray(hash_)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@given(st.lists(st.integers(1, 700), max_size=6))
def test_growing_by_batches_makes_the_same_tiles_as_all_at_once(batches: list[int]) -> None:
    held: dict[tuple[int, int], bytes] = {}
    size, edge = 0, Frontier()
    for batch in batches:
        leaves = LEAVES[size : size + batch]
        held.update(tiles.grow(size, leaves, lambda level, index: held[level, index]))
        size += batch
        for leaf in leaves:
            edge.push(leaf)
        assert root(size, tiles.tree(lambda level, index: held[level, index])) == edge.root()
    total = sum(batches)
    assert held == tiles.grow(0, LEAVES[:total], lambda level, index: b"")
    assert {(t.level, t.index): t.width * 32 for t in tiles.tiles_of(total)} == {k: len(v) for k, v in held.items()}


def test_a_tree_of_three_levels_of_tiles_proves_leaves_and_prefixes() -> None:
    held = tiles.grow(0, LEAVES, lambda level, index: b"")
    read = tiles.tree(lambda level, index: held[level, index])
    head = root(len(LEAVES), read)
    assert head == naive_root(LEAVES)
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        assert includes(LEAVES[index], index, 70_000, inclusion_proof(index, 70_000, read), head)
    for old in (1, 256, 257, 65_536, 69_999, 70_000):
        assert consistent(old, 70_000, naive_root(LEAVES[:old]), head, consistency_proof(old, 70_000, read))


def test_a_proof_at_an_older_size_is_read_from_the_tiles_of_today() -> None:
    held = tiles.grow(0, LEAVES[:1000], lambda level, index: b"")
    read = tiles.tree(lambda level, index: held[level, index])
    for size in (1, 255, 256, 257, 700, 999):
        assert root(size, read) == naive_root(LEAVES[:size])
        assert includes(LEAVES[0], 0, size, inclusion_proof(0, size, read), naive_root(LEAVES[:size]))


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    assert tiles.unbundle(tiles.bundle(entries)) == entries


@given(st.integers(0, 63) | st.none(), st.integers(0, 10**12), st.integers(1, 256))
def test_the_path_of_every_tile_leads_back_to_it(level: int | None, index: int, width: int) -> None:
    tile = tiles.Tile(level, index, width)
    assert tiles.read_path(tile.path.removeprefix("tile/")) == tile


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=12,
    )
)
def test_the_one_spelling_reads_back_to_the_same_value(value: object) -> None:
    text = canonical(value)  # type: ignore[arg-type]  # hypothesis cannot name this shape
    assert read_canonical(text) == value
    assert canonical(read_canonical(text)) == text
