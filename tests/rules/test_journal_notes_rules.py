"""Notes, checkpoints and cosignatures are those of C2SP: the published examples open, and nothing else does."""

from base64 import b64encode

import pytest

from app.journal.rules import notes
from app.journal.rules.checkpoints import Checkpoint, cosign, cosigned_at, open_checkpoint
from app.journal.rules.keys import log_seed, origin
from app.journal.rules.notes import COSIGNATURE, BadNote, Verifier

# The example of golang.org/x/mod/sumdb/note.
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
SEED = notes.strict_base64(SKEY.split("+", 4)[4])[1:]
# The example of C2SP tlog-cosignature.
COSIGNED = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
WITNESS_SEED = bytes(range(32))
WITNESS = notes.verifier("witness.example/w1", WITNESS_SEED, COSIGNATURE)


def test_the_published_note_opens_under_the_published_key() -> None:
    key = Verifier.parse(VKEY)
    assert (key.name, key.key_id.hex(), str(key)) == ("PeterNeumann", "c74f20a3", VKEY)
    assert notes.open_note(TEXT + "\n" + LINE, key) == TEXT


def test_the_published_seed_makes_the_published_key_and_signature() -> None:
    assert str(notes.verifier("PeterNeumann", SEED)) == VKEY
    assert notes.sign(TEXT, "PeterNeumann", SEED) == TEXT + "\n" + LINE


def test_a_text_with_empty_lines_ends_at_the_last_of_them() -> None:
    note = notes.sign("one\n\ntwo\n\n", "log", SEED)
    assert notes.parse(note)[0] == "one\n\ntwo\n\n"


def test_signatures_of_unknown_keys_do_not_disturb() -> None:
    stranger = notes.parse(notes.sign(TEXT, "stranger", WITNESS_SEED))[1]
    note = notes.join(TEXT, [*stranger, *notes.parse(TEXT + "\n" + LINE)[1]])
    assert notes.open_note(note, Verifier.parse(VKEY)) == TEXT
    with pytest.raises(BadNote, match="not signed"):
        notes.open_note(notes.join(TEXT, stranger), Verifier.parse(VKEY))


@pytest.mark.parametrize(
    "note",
    [
        "", TEXT, TEXT + "\n", TEXT + "\n\n" + LINE, TEXT + LINE, TEXT + "\n" + LINE.strip(), TEXT + "\n" + LINE + "\n",
        TEXT + "\n" + LINE.replace("— ", "- "), TEXT + "\n" + LINE.replace("=", ""), TEXT + "\n— PeterNeumann \n",
        TEXT + "\n— PeterNeumann x08gow==\n", "\t" + TEXT + "\n" + LINE, TEXT + "\n" + LINE * 101,
        "If" + TEXT + "\n" + LINE, TEXT + "\n" + LINE.replace("x08go/ZJ", "x08go/ZK"),
    ],
)  # fmt: skip
def test_whatever_is_not_signed_in_this_form_does_not_open(note: str) -> None:
    with pytest.raises(BadNote):
        notes.open_note(note, Verifier.parse(VKEY))


@pytest.mark.parametrize(
    "vkey",
    [
        "", "PeterNeumann", "PeterNeumann+c74f20a3", VKEY.replace("c74", "c75"), VKEY.replace("Peter", "Pete"),
        VKEY + "=", VKEY.replace("+ARp", "+BRp"), "Peter Neumann" + VKEY.removeprefix("PeterNeumann"),
        VKEY.removeprefix("PeterNeumann"), VKEY[:-4], VKEY.replace("c74f20a3", "C74F20A3"),
    ],
)  # fmt: skip
def test_a_vkey_whose_parts_do_not_fit_is_refused(vkey: str) -> None:
    with pytest.raises(BadNote):
        Verifier.parse(vkey)


def test_the_published_checkpoint_has_its_size_and_the_time_of_its_witness() -> None:
    text, (log, witness) = notes.parse(COSIGNED)
    assert Checkpoint.parse(text).size == 20852163
    assert Checkpoint.parse(text).text == text
    assert (log.name, len(log.body)) == ("example.com/behind-the-sofa", 64)
    assert (witness.name, len(witness.body)) == ("witness.example.com/w1", 72)
    assert int.from_bytes(witness.body[:8], "big") == 1679315147


def test_a_checkpoint_opens_only_as_that_of_its_own_log() -> None:
    seed = log_seed("master", "log-1")
    checkpoint = Checkpoint("gov.example/c/heping/log", 3, bytes(32))
    note = checkpoint.sign(seed)
    assert open_checkpoint(note, notes.verifier("gov.example/c/heping/log", seed)) == checkpoint
    with pytest.raises(BadNote, match="not signed"):
        open_checkpoint(note, notes.verifier("gov.example/c/heping/log", log_seed("master", "log-2")))
    other = notes.sign(checkpoint.text, "another.example/log", seed)
    with pytest.raises(BadNote, match="another log"):
        open_checkpoint(other, notes.verifier("another.example/log", seed))


@pytest.mark.parametrize(
    "text",
    [
        "", "o\n", "o\n1\n", "o\n1\nAAAA\n", "\n1\n" + "A" * 43 + "=\n", "o\n01\n" + "A" * 43 + "=\n",
        "o\n-1\n" + "A" * 43 + "=\n", "o\n1.0\n" + "A" * 43 + "=\n", "o\n١\n" + "A" * 43 + "=\n",
        "o\n" + "9" * 5000 + "\n" + "A" * 43 + "=\n", "o\n1\n" + "A" * 42 + "B=\n",
    ],
)  # fmt: skip
def test_a_checkpoint_is_an_origin_a_size_and_a_root(text: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(text)


def test_a_checkpoint_may_have_further_lines() -> None:
    text = "o\n1\n" + "A" * 43 + "=\nextension\n"
    assert Checkpoint.parse(text) == Checkpoint("o", 1, bytes(32))


def test_a_witness_says_when_it_saw_the_log() -> None:
    note = Checkpoint("gov.example/log", 9, bytes(32)).sign(SEED)
    cosigned = note + str(cosign(note, "witness.example/w1", WITNESS_SEED, 1679315147))
    assert cosigned_at(note, WITNESS) is None
    assert cosigned_at(cosigned, WITNESS) == 1679315147
    assert open_checkpoint(cosigned, notes.verifier("gov.example/log", SEED)).size == 9


def test_a_cosignature_on_another_checkpoint_or_of_another_time_is_refused() -> None:
    note = Checkpoint("gov.example/log", 9, bytes(32)).sign(SEED)
    line = str(cosign(note, "witness.example/w1", WITNESS_SEED, 1679315147))
    later = Checkpoint("gov.example/log", 10, bytes(32)).sign(SEED)
    with pytest.raises(BadNote, match="does not hold"):
        cosigned_at(later + line, WITNESS)
    head, _, coded = line.rpartition(" ")
    raw = bytearray(notes.strict_base64(coded.strip()))
    raw[11] ^= 1
    with pytest.raises(BadNote, match="does not hold"):
        cosigned_at(note + f"{head} {b64encode(raw).decode()}\n", WITNESS)
    with pytest.raises(BadNote, match="not the key of a witness"):
        cosigned_at(note + line, notes.verifier("witness.example/w1", WITNESS_SEED))


def test_each_log_has_its_own_key_and_always_the_same() -> None:
    assert log_seed("master", "a") == log_seed("master", "a")
    assert len({log_seed("master", "a"), log_seed("master", "b"), log_seed("other", "a")}) == 3
    assert len(log_seed("master", "a")) == 32
    with pytest.raises(ValueError, match="needed"):
        log_seed("", "a")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://gov.example", "gov.example/c/heping/log"),
        ("https://gov.example/", "gov.example/c/heping/log"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000/c/heping/log"),
        ("https://gov.example/sifang/", "gov.example/sifang/c/heping/log"),
    ],
)
def test_a_log_is_named_after_where_it_is_served(url: str, name: str) -> None:
    assert origin(url, "heping") == name
