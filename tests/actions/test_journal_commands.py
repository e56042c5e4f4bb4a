"""`flask journal verify` and `flask journal seal` at the terminal."""

import base64
import json
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import text

from app.core.db import db, transactional
from app.core.values import ANYONE
from app.journal import queries
from app.journal.actions import record
from tests.world import World


@dataclass(frozen=True, slots=True)
class BellRung:
    """Something happened."""

    community_id: int
    times: int


@transactional
def ring(community_id: int, times: int = 1) -> None:
    """The action of these tests."""
    record(BellRung(community_id, times), ANYONE, None)


def ask(app: Flask, *words: str) -> tuple[int, str, str]:
    """What the command answers: its exit code, standard output and standard error."""
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=["journal", *words])
    return done.exit_code, done.stdout, done.stderr


def test_verify_answers_with_the_size_and_root_that_were_signed(app: Flask, world: World) -> None:
    ring(world.community_id)
    assert json.loads(ask(app, "seal", "--json")[1])["sealed"] > 0
    code, answer, _ = ask(app, "verify", "--json")
    head = queries.latest_checkpoint(world.community_id)
    assert head is not None
    assert (code, json.loads(answer)) == (
        0,
        {"ok": True, "size": head.size, "root": base64.b64encode(head.root).decode()},
    )


def test_verify_says_false_after_one_byte_of_one_entry_was_changed(app: Flask, world: World) -> None:
    ring(world.community_id, 5)
    ask(app, "seal")
    db.session.execute(
        text("UPDATE journal_entry SET text = replace(text, :five, :four)"), {"five": '"times":5', "four": '"times":4'}
    )
    db.session.commit()
    code, answer, told = ask(app, "verify", "--json")
    assert code == 1
    assert json.loads(answer)["ok"] is False
    assert "was changed" in told
    assert ask(app, "verify", "--community", world.slug, "--json")[0] == 1
    assert ask(app, "verify", "--community", world.other_slug, "--json")[0] == 0


def test_verify_goes_through_all_communities(app: Flask, world: World) -> None:
    ring(world.community_id)
    ring(world.other_id)
    ask(app, "seal")
    one, other = (
        json.loads(ask(app, "verify", "--community", slug, "--json")[1]) for slug in (world.slug, world.other_slug)
    )
    both = json.loads(ask(app, "verify", "--json")[1])
    assert (both["ok"], both["size"]) == (True, one["size"] + other["size"])
    assert both["root"] not in (one["root"], other["root"])


def test_verify_of_an_empty_house_is_in_order(app: Flask) -> None:
    code, answer, _ = ask(app, "verify", "--json")
    assert (code, json.loads(answer)["ok"], json.loads(answer)["size"]) == (0, True, 0)


def test_verify_of_an_unknown_community_is_refused_with_a_sentence(app: Flask, world: World) -> None:
    code, answer, told = ask(app, "verify", "--community", "nowhere", "--json")
    assert (code, answer) == (1, "")
    assert "nowhere" in told


def test_seal_says_so_when_something_could_not_be_sealed(app: Flask, world: World) -> None:
    ring(world.community_id)
    app.config["SECRETS"] = {**app.config["SECRETS"], "LOG_MASTER_KEY": ""}
    code, _, told = ask(app, "seal")
    assert code == 1
    assert "could not be sealed" in told
