"""The tree is served in tiles under the names of C2SP tlog-tiles."""

import pytest

from app.journal.rules import tiles
from app.journal.rules.merkle import leaf_hash
from app.journal.rules.tiles import Tile, available, bundle, index_path, read_path, tiles_of, unbundle


@pytest.mark.parametrize(
    ("index", "path"),
    [
        (0, "000"), (7, "007"), (999, "999"), (1000, "x001/000"), (1234, "x001/234"), (1234067, "x001/x234/067"),
        (1_000_000_000, "x001/x000/x000/000"),
    ],
)  # fmt: skip
def test_a_number_is_spelled_in_groups_of_three_digits(index: int, path: str) -> None:
    assert index_path(index) == path
    assert read_path(f"0/{path}") == Tile(0, index)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(2, 1234067, 5), "tile/2/x001/x234/067.p/5"),
        (Tile(None, 3), "tile/entries/003"),
        (Tile(None, 1000, 255), "tile/entries/x001/000.p/255"),
        (Tile(63, 0, 1), "tile/63/000.p/1"),
    ],
)
def test_a_tile_has_one_name_and_the_name_one_tile(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert read_path(path.removeprefix("tile/")) == tile


@pytest.mark.parametrize(
    "path",
    [
        "", "0", "0/", "0/1", "0/01", "0/0001", "00/000", "64/000", "-1/000", "+1/000", "0/000.p/0", "0/000.p/256",
        "0/000.p/05", "0/000.p/", "0/000.p/x", "0/x000/001", "0/001/000", "0/x001", "entries/0", "Entries/000",
        "0/000/", "0/000.p/5/", "٠/000", "0/٠٠٠", "0/000.p/٥", "0/000\n", "1000/000",
    ],
)  # fmt: skip
def test_any_other_spelling_is_no_tile(path: str) -> None:
    with pytest.raises(ValueError, match="no"):
        read_path(path)


def test_a_tree_of_seventy_thousand_has_the_tiles_that_the_specification_counts() -> None:
    found = list(tiles_of(70_000))
    by_level = {level: [t for t in found if t.level == level] for level in range(3)}
    assert [len(by_level[level]) for level in range(3)] == [274, 2, 1]
    assert [by_level[level][-1].width for level in range(3)] == [112, 17, 1]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@pytest.mark.parametrize(
    ("tile", "size", "there"),
    [
        (Tile(0, 0, 1), 0, False), (Tile(0, 0, 1), 1, True), (Tile(0, 0), 255, False), (Tile(0, 0), 256, True),
        (Tile(1, 0, 1), 255, False), (Tile(1, 0, 1), 256, True), (Tile(1, 0), 65_535, False), (Tile(1, 0), 65_536, True),
        (Tile(None, 1, 4), 259, False), (Tile(None, 1, 4), 260, True), (Tile(63, 0, 1), 1 << 40, False),
    ],
)  # fmt: skip
def test_a_tile_is_there_once_the_tree_is_large_enough(tile: Tile, size: int, there: bool) -> None:
    assert available(tile, size) is there


def test_a_batch_touches_only_the_right_edge() -> None:
    leaves = [leaf_hash(str(n).encode()) for n in range(600)]
    held = tiles.grow(0, leaves[:511], lambda level, index: pytest.fail("an empty tree has no tiles"))
    read: list[tuple[int, int]] = []

    def reader(level: int, index: int) -> bytes:
        read.append((level, index))
        return held[level, index]

    changed = tiles.grow(511, leaves[511:], reader)
    assert read == [(0, 1), (1, 0)]
    assert sorted(changed) == [(0, 1), (0, 2), (1, 0)]
    assert [len(changed[key]) // 32 for key in sorted(changed)] == [256, 88, 2]


def test_a_bundle_puts_the_length_before_each_entry() -> None:
    assert bundle([b"{}", b""]) == b"\x00\x02{}\x00\x00"
    assert unbundle(bundle([b"a" * 65_535, b"b"])) == [b"a" * 65_535, b"b"]


def test_an_entry_of_more_than_two_bytes_of_length_is_refused() -> None:
    with pytest.raises(ValueError, match=r"65,535"):
        bundle([b"a" * 65_536])


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x02{", b"\x00\x01{\x00"])
def test_a_bundle_that_ends_within_an_entry_is_none(data: bytes) -> None:
    with pytest.raises(ValueError, match="within an entry"):
        unbundle(data)


def test_a_tile_with_half_a_hash_is_none() -> None:
    with pytest.raises(ValueError, match="whole hashes"):
        tiles.split(b"\x00" * 33)
