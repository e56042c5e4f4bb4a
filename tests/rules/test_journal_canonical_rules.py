"""A record has one spelling (RFC 8785), and a commitment hides it until its salt is shown."""

from hashlib import sha256

import pytest

from app.journal.rules import canonical, commitment, read_canonical


def test_names_are_sorted_and_nothing_is_wasted() -> None:
    assert canonical({"b": [1, None, True], "a": "x", "": {}}) == '{"":{},"a":"x","b":[1,null,true]}'


def test_the_published_order_of_names_is_that_of_utf_16() -> None:
    # The example of RFC 8785 section 3.2.3.
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert canonical(value) == '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}'


def test_chinese_stays_as_it_is() -> None:
    assert canonical({"unit": "1幢1单元101"}) == '{"unit":"1幢1单元101"}'


@pytest.mark.parametrize("number", [2**53 - 1, -(2**53) + 1, 0])
def test_integers_below_two_to_the_53_are_spelled_in_full(number: int) -> None:
    assert canonical(number) == str(number)
    assert read_canonical(str(number)) == number


@pytest.mark.parametrize(
    "value", [2**53, -(2**53), 1.5, 1.0, float("nan"), {1: 2}, {"a": [0.5]}, b"x", {1, 2}, "\ud800"]
)
def test_fractions_large_integers_and_other_things_are_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (the library words some of them)
        canonical(value)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize(
    "text",
    ['{"b":1,"a":2}', '{"a": 1}', '{"a":1.0}', '{"a":1e2}', '{"a":NaN}', '{"a":1,"a":1}', '{"a":-0}', "", "{", '"\\u4e2d"',
     "9007199254740992", "[" * 100_000],
)  # fmt: skip
def test_a_text_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (the library words some of them)
        read_canonical(text)


def test_a_commitment_is_the_hash_of_the_salt_and_the_one_spelling() -> None:
    salt = bytes(range(32))
    value = {"unit": "1-1-101", "choice": "yes", "ballot": "b1"}
    expected = sha256(salt + b'{"ballot":"b1","choice":"yes","unit":"1-1-101"}').hexdigest()
    assert commitment(salt, value) == expected
    assert commitment(bytes(32), value) != expected


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(bytes(length), {})
