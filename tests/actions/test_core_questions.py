"""What may wait for a reader is asked in one statement, and then only what has an answer."""

from typing import Any

from sqlalchemy import Select, select

from app.communities.models import Community
from app.core.db import built, db
from app.core.house import house
from app.core.questions import Question, answers
from app.core.values import Actor, Grant, Ref
from tests.counting import counted
from tests.world import World


def _named(slug: Any) -> Select[str]:
    return select(Community.slug).where(Community.slug == slug).order_by(Community.id).limit(1)


def _with_number(community_id: Any) -> Select[str]:
    return select(Community.slug).where(Community.id == community_id)


def _all(pattern: Any) -> Select[str]:
    return select(Community.slug).where(Community.slug.like(pattern)).order_by(Community.slug)


def _question(build: Any, mark: str, **values: Any) -> Question[str]:
    return Question(built(build), values, lambda row: [f"{mark} {row[0]}"])


def test_many_questions_without_an_answer_cost_one_statement(world: World) -> None:
    with counted() as statements:
        found = answers([_question(_named, "a", slug="nowhere"), _question(_with_number, "b", community_id=0)])
        assert list(found) == []
    assert len([one for one in statements if one.startswith("SELECT") and "pg_current" not in one]) == 1


def test_only_what_has_an_answer_is_asked_and_told_in_the_order_of_the_questions(world: World) -> None:
    asked = [
        _question(_all, "a", pattern="%"),
        _question(_named, "b", slug="nowhere"),
        _question(_with_number, "c", community_id=world.community_id),
    ]
    with counted() as statements:
        found = list(answers(asked))
    everywhere = list(db.session.scalars(select(Community.slug).order_by(Community.slug)))
    assert found == [*(f"a {slug}" for slug in everywhere), f"c {world.slug}"]
    assert len([one for one in statements if one.startswith("SELECT") and "pg_current" not in one]) == 3


def test_one_question_alone_is_simply_asked_and_none_costs_nothing(world: World) -> None:
    with counted() as statements:
        assert list(answers([])) == []
        assert list(answers([_question(_named, "a", slug=world.slug)])) == [f"a {world.slug}"]
    assert len(statements) == 1


def test_a_row_may_tell_several_things_or_nothing(world: World) -> None:
    twice: Question[str] = Question(built(_named), {"slug": world.slug}, lambda row: [row[0], row[0]])
    never: Question[str] = Question(built(_with_number), {"community_id": world.community_id}, lambda _row: ())
    assert list(answers([twice, never])) == [world.slug, world.slug]


def test_every_question_of_the_house_is_built_once_and_knows_whether_it_has_an_answer(world: World) -> None:
    """A selection that always brings a row (a count without groups) would be asked on every page."""
    everything = frozenset(
        Grant(world.other_id, role) for role in ("secretary", "convener", "clerk", "member", "buyer")
    )
    refs = frozenset({Ref("person", 0), Ref("seat-term", 0), Ref("seat", 0), Ref("owners-committee", world.other_id)})
    actor = Actor(0, everything, refs)
    for puts in house().waiting:
        first, again = puts(world.other_id, actor), puts(world.other_id, actor)
        assert [one.asks for one in first] == [one.asks for one in again], puts.__module__
        assert all(one.asks is other.asks for one, other in zip(first, again, strict=True)), puts.__module__
        assert list(answers(first)) == []
