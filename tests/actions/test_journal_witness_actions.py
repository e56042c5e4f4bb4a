"""Witnesses of the four parties: registering, cosigning, doubting, and the seed that a lot is drawn from."""

from datetime import timedelta

import pytest

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.values import Ref
from app.journal import actions, queries
from app.journal.actions import seal
from app.journal.models import JournalCosignature, JournalWitness
from app.journal.rules import cosigned_at, open_checkpoint
from tests.conftest import Clock
from tests.witnesses import Browser
from tests.world import World


def grow(world: World) -> None:
    """One more entry is sealed."""
    browser = Browser(world, "branch")
    browser.register()
    seal()


def test_a_witness_is_registered_once_and_the_record_says_so(world: World, clock: Clock) -> None:
    browser = Browser(world)
    browser.register()
    browser.register()
    assert db.session.query(JournalWitness).count() == 1
    [standing] = queries.witnesses(world.community_id).values()
    assert (standing.party, standing.key.public, standing.size) == ("owners", browser.public, 0)
    seal()
    assert [line.event for line in queries.sealed_lines(world.community_id)].count("WitnessRegistered") == 1


def test_a_new_key_takes_the_place_of_the_old_one(world: World, clock: Clock) -> None:
    old, new = Browser(world), Browser(world)
    old.register()
    seal()
    new.register()
    assert queries.witnesses(world.community_id)["owners"].key.public == new.public
    with pytest.raises(Refused):
        old.cosign()
    new.cosign()


def test_nobody_registers_for_a_party_that_is_not_theirs(world: World, clock: Clock) -> None:
    browser = Browser(world)
    stranger = world.actor("member", Ref("property", world.community_id))
    with pytest.raises(Refused):
        actions.register_witness(stranger, world.community_id, "owners", browser.public, browser.proof())
    with pytest.raises(Forbidden):
        actions.register_witness(world.actor("clerk"), world.community_id, "owners", browser.public, browser.proof())
    with pytest.raises(Refused):
        actions.register_witness(browser.actor, world.community_id, "owners", browser.public, b"\0" * 64)
    with pytest.raises(Refused):
        actions.register_witness(browser.actor, world.community_id, "owners", b"short", browser.proof())
    assert not queries.witnesses(world.community_id)


def test_the_served_head_carries_the_lines_of_its_witnesses(world: World, clock: Clock) -> None:
    one, two = Browser(world, "owners"), Browser(world, "branch")
    one.register()
    two.register()
    seal()
    size = one.cosign()
    assert two.cosign() == size
    note = queries.served_checkpoint(world.community_id)
    assert note is not None
    log = queries.get_log(world.community_id)
    assert open_checkpoint(note, queries.key(log)).size == size
    for witness in queries.witnesses(world.community_id).values():
        assert cosigned_at(note, witness.key) == int(clock.now.timestamp())
    grow(world)
    assert queries.served_checkpoint(world.community_id) == queries.latest_checkpoint(world.community_id).note
    assert queries.newest_cosigned(world.community_id) == note


def test_the_same_head_twice_is_one_cosignature_and_a_shorter_one_is_refused(world: World, clock: Clock) -> None:
    browser = Browser(world)
    browser.register()
    seal()
    first = browser.cosign()
    browser.cosign()
    assert db.session.query(JournalCosignature).count() == 1
    grow(world)
    browser.cosign()
    assert queries.witnesses(world.community_id)["owners"].size > first
    with pytest.raises(Refused):
        browser.cosign(first)


def test_what_was_never_signed_is_not_cosigned(world: World, clock: Clock) -> None:
    browser = Browser(world)
    with pytest.raises(Refused):
        actions.cosign(browser.actor, world.community_id, "owners", 1, 0, b"\0" * 64)
    browser.register()
    seal()
    size, signature = browser.signed(int(clock.now.timestamp()))
    with pytest.raises(NotFound):
        actions.cosign(browser.actor, world.community_id, "owners", size + 1, int(clock.now.timestamp()), signature)
    with pytest.raises(Refused):
        actions.cosign(browser.actor, world.community_id, "owners", size, int(clock.now.timestamp()) + 1, signature)
    assert not db.session.query(JournalCosignature).count()


def test_a_witness_that_cannot_confirm_says_so_in_the_record(world: World, clock: Clock) -> None:
    browser = Browser(world)
    with pytest.raises(Refused):
        actions.doubt_log(browser.actor, world.community_id, "owners", 3, b"\1" * 32, "not-continued")
    browser.register()
    actions.doubt_log(browser.actor, world.community_id, "owners", 3, b"\1" * 32, "not-continued")
    [line] = queries.doubts(world.community_id)
    assert (line.told["party"], line.told["size"], line.told["root"]) == ("owners", 3, "01" * 32)
    assert line.told["reason"] == "not-continued"


def test_the_seed_of_a_lot_is_the_first_head_cosigned_after_the_count(world: World, clock: Clock) -> None:
    early, late = Browser(world, "owners"), Browser(world, "property")
    early.register()
    late.register()
    seal()
    early.cosign()
    frozen = clock.now + timedelta(minutes=1)
    clock.forward(minutes=5)
    assert queries.first_cosigned_after(world.community_id, frozen) is None
    grow(world)
    assert queries.first_cosigned_after(world.community_id, frozen) is None
    clock.forward(minutes=1)
    size = early.cosign()
    seed = queries.first_cosigned_after(world.community_id, frozen)
    assert seed is not None
    assert (seed.size, seed.root) == (size, queries.latest_checkpoint(world.community_id).root)
    clock.forward(minutes=1)
    Browser(world, "residents").register()
    seal()
    late.cosign()
    assert queries.first_cosigned_after(world.community_id, frozen) == seed
