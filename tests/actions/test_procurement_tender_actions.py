"""From a mandate to a published tender, and the questions about it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.core.errors import Forbidden, NotFound, Refused
from app.core.values import Ref
from app.journal.actions import settle
from app.procurement import actions, queries, rules
from app.procurement.models import BIDDING, DRAFT
from tests.conftest import Clock
from tests.tendering import CEILING, CRITERIA, ZONE, Tendering, draft, factor
from tests.world import World


@pytest.fixture
def tendering(app: Flask, world: World, clock: Clock) -> Tendering:
    """A tender still to be told."""
    return Tendering(world, clock)


def test_a_resolution_gives_one_mandate_however_often_it_is_granted(tendering: Tendering) -> None:
    first = tendering.mandate()
    assert tendering.mandate() == first
    mandate = queries.get_mandate(tendering.world.community_id, first)
    assert (mandate.ceiling, mandate.resolution, mandate.matter) == (CEILING, Ref("resolution", 11), Ref("proposal", 7))


def test_a_mandate_of_nothing_is_refused(tendering: Tendering) -> None:
    with pytest.raises(Refused, match="大于0元"):
        tendering.mandate(ceiling=0)


def test_residents_grant_no_mandates_and_draft_no_tenders(tendering: Tendering) -> None:
    world, resident = tendering.world, tendering.world.actor("resident")
    with pytest.raises(Forbidden):
        actions.grant_mandate(resident, world.community_id, Ref("resolution", 1), Ref("proposal", 1), 1, "x")
    with pytest.raises(Forbidden):
        actions.draft_tender(resident, world.community_id, tendering.mandate(), draft())


def test_a_mandate_of_another_community_is_not_found(tendering: Tendering) -> None:
    mandate = tendering.mandate()
    with pytest.raises(NotFound):
        actions.draft_tender(tendering.secretary, tendering.world.other_id, mandate, draft())


def test_a_published_tender_has_its_days(tendering: Tendering) -> None:
    tendering.published()
    row = queries.get_by_id(tendering.tender_id)
    assert row.stage == BIDDING
    assert (row.notice_until, row.documents_until, row.clarify_by) == (
        date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 15),
    )  # fmt: skip
    assert row.findings == []
    assert row.matter == Ref("proposal", 7)
    assert not row.provisional


def test_a_tender_under_a_mandate_in_use_is_refused(tendering: Tendering) -> None:
    tendering.drafted()
    with pytest.raises(Refused, match="已经有一次采购"):
        tendering.drafted()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ceiling": CEILING + 1}, "超过了授权"),
        ({"deadline": datetime(2026, 3, 20, 10, tzinfo=ZONE)}, "不能少于"),
        ({"criteria": CRITERIA[:2]}, "应当正好是100分"),
        ({"criteria": (factor("方案", 8400), replace(CRITERIA[2], points=1500))}, "应当正好是100分"),
        ({"criteria": (factor("方案", 9100), replace(CRITERIA[2], points=900))}, "不能少于"),
        ({"qualifications": ("注册资本500万元",)}, "注册资本"),
        ({"qualifications": ("本区注册的机构",)}, "本地机构"),
        ({"bid_bond": 572_001}, "2%"),
        ({"performance_bond": 1001}, "10%"),
        ({"term_months": 13}, "1年"),
    ],
)
def test_what_breaks_a_binding_rule_is_not_published(
    tendering: Tendering, changes: dict[str, object], words: str
) -> None:
    tendering.drafted(**changes)
    with pytest.raises(Refused, match=words):
        actions.publish_tender(tendering.secretary, tendering.tender_id)
    assert queries.get_by_id(tendering.tender_id).stage == DRAFT


def test_a_draft_can_be_mended_and_then_published(tendering: Tendering) -> None:
    tendering.drafted(ceiling=CEILING + 1)
    actions.revise_tender(tendering.secretary, tendering.tender_id, draft(title="改过的题目"))
    actions.publish_tender(tendering.secretary, tendering.tender_id)
    assert queries.get_by_id(tendering.tender_id).title == "改过的题目"
    assert len(queries.criteria(tendering.tender_id)) == 3
    with pytest.raises(Refused):
        actions.revise_tender(tendering.secretary, tendering.tender_id, draft())


@pytest.mark.parametrize("deadline", [datetime(2026, 3, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC)])
def test_deadlines_in_the_past_and_far_ahead_are_refused(tendering: Tendering, deadline: datetime) -> None:
    with pytest.raises(Refused):
        tendering.drafted(deadline=deadline)


def test_a_replayed_tender_is_published_with_its_findings(tendering: Tendering) -> None:
    raw = {
        "id": "X-1",
        "title": "别处的采购",
        "method": "public_tender",
        "budget_cny": 1000,
        "term": {"years": 3},
        "weights": {"price": 10, "technical": 90},
    }
    world = tendering.world
    made = actions.replay_tender(world.actor("operator"), world.community_id, rules.read_tender(raw))
    row = queries.get_tender(world.community_id, made.number)
    assert row.stage == BIDDING
    assert [found["rule"] for found in row.findings] == ["term-over-one-year", "not-quantified"]
    assert [queries.finding_value(raw_finding) for raw_finding in row.findings] == made.findings
    with pytest.raises(Refused, match="导入过"):
        actions.replay_tender(world.actor("operator"), world.community_id, rules.read_tender(raw))
    again = actions.replay_tender(
        replace(
            world.actor("operator"),
            grants=frozenset({replace(next(iter(world.actor("operator").grants)), community_id=world.other_id)}),
        ),
        world.other_id,
        rules.read_tender(raw),
    )
    assert again.number == 1


def test_a_question_is_read_by_all_and_its_asker_by_nobody(tendering: Tendering) -> None:
    tendering.published()
    actor, organisation_id = tendering.supplier(0)
    number = actions.ask_question(actor, tendering.tender_id, organisation_id, "有多少人要软食？")
    [question] = queries.questions(tendering.tender_id)
    assert (question.number, question.text, question.due_on) == (number, "有多少人要软食？", date(2026, 3, 5))
    assert not hasattr(question, "organisation_id")


def test_only_an_organisation_asks_and_only_in_its_own_name(tendering: Tendering) -> None:
    tendering.published()
    _actor, organisation_id = tendering.supplier(0)
    with pytest.raises(Refused, match="登记"):
        actions.ask_question(tendering.world.actor("resident"), tendering.tender_id, organisation_id, "？")
    with pytest.raises(Refused, match="不能替它"):
        actions.ask_question(tendering.supplier(1)[0], tendering.tender_id, organisation_id, "？")


def test_an_answer_in_good_time_leaves_the_deadline(tendering: Tendering) -> None:
    tendering.published()
    actor, organisation_id = tendering.supplier(0)
    number = actions.ask_question(actor, tendering.tender_id, organisation_id, "？")
    assert actions.answer_question(tendering.secretary, tendering.tender_id, number, "11位", affects_bids=True) is None
    with pytest.raises(Refused, match="答复过"):
        actions.answer_question(tendering.secretary, tendering.tender_id, number, "12位", affects_bids=False)


def test_a_late_answer_that_affects_bids_moves_the_deadline_to_the_same_hour(tendering: Tendering) -> None:
    tendering.published()
    actor, organisation_id = tendering.supplier(0)
    number = actions.ask_question(actor, tendering.tender_id, organisation_id, "？")
    tendering.clock.set(datetime(2026, 3, 17, 9, tzinfo=ZONE))
    moved = actions.answer_question(tendering.secretary, tendering.tender_id, number, "改成两顿", affects_bids=True)
    assert moved == datetime(2026, 4, 1, 10, tzinfo=ZONE)
    row = queries.get_by_id(tendering.tender_id)
    assert (row.deadline, row.clarify_by) == (moved, date(2026, 3, 17))
    [question] = queries.questions(tendering.tender_id)
    assert question.moved_to == moved


def test_a_late_answer_that_affects_nothing_leaves_the_deadline(tendering: Tendering) -> None:
    tendering.published()
    actor, organisation_id = tendering.supplier(0)
    number = actions.ask_question(actor, tendering.tender_id, organisation_id, "？")
    tendering.clock.set(datetime(2026, 3, 29, 9, tzinfo=ZONE))
    assert actions.answer_question(tendering.secretary, tendering.tender_id, number, "没有", affects_bids=False) is None


def test_every_event_fits_the_public_record(tendering: Tendering) -> None:
    tendering.whole()
    for position in (1, 2):
        actions.complete_milestone(tendering.secretary, tendering.tender_id, position, "居民满意")
    settle()
    assert queries.get_by_id(tendering.tender_id).stage == "completed"
