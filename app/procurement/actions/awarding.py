"""From the ranking to the contract, and from the contract to its last milestone."""

from collections.abc import Sequence
from datetime import date

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import HouseError, check
from app.core.logs import log_fault
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, the_house
from app.journal.actions import record
from app.journal.events import ReceiptCode
from app.procurement import queries, rules
from app.procurement.events import (
    AwardDecided,
    AwardPublished,
    ContractCompleted,
    ContractSigned,
    MilestoneCompleted,
)
from app.procurement.models import (
    AWARDED,
    COMPLETED,
    RANKED,
    RESULT,
    SIGNED,
    Award,
    Contract,
    ContractMilestone,
    Tender,
)
from app.procurement.permissions import COMPLETE_MILESTONE, DECIDE_AWARD, PUBLISH_AWARD, SIGN_CONTRACT


@transactional
def decide_award(actor: Actor, tender_id: int, position: int, reason: str = "", *, silent: bool = False) -> None:
    """The buyer decides within five working days for the first rank; among equal first ranks it chooses and says how.

    `position` is the bid's place in the opening record. Raises Forbidden, NotFound, Refused.
    """
    tender = queries.locked_tender(tender_id)
    authorize(actor, DECIDE_AWARD, tender.community_id)
    check(rules.step_refusal(tender.stage, RANKED))
    bid = queries.get_opened(tender_id, position)
    rows = queries.ranks(tender_id)
    ranked = [rules.Ranked(row.rank, _scored(row)) for row in rows]
    check(rules.award_refusal(ranked, bid.bid_id))
    check(rules.choice_refusal(sum(row.rank == 1 for row in rows), reason))
    today = clock.today(queries.zone_of(tender.community_id).key)
    basis = queries.basis(tender.community_id, today)
    db.session.add(
        Award(
            community_id=tender.community_id,
            tender_id=tender_id,
            bid_id=bid.bid_id,
            organisation_id=bid.organisation_id,
            price=bid.price,
            reason=reason.strip(),
            decided_at=clock.now(),
            publish_by=rules.publish_by(today, basis).last,
        )
    )
    tender.stage = AWARDED
    record(AwardDecided(tender.community_id, tender_id, silent), actor, tender.matter)


def decide_by_silence() -> int:
    """A buyer that says nothing for five working days has decided for the first rank (87号令 68). Answers how many.

    Equal first ranks wait for the buyer's word.
    """
    done = 0
    for community_id, tender_id, zone in _silent():
        if (queries.get_by_id(tender_id).decide_by or date.max) >= clock.today(zone):
            continue
        first = [row for row in queries.ranks(tender_id) if row.rank == 1]
        if len(first) != 1:
            continue
        try:
            decide_award(the_house(community_id), tender_id, first[0].bid.position, silent=True)
            done += 1
        except HouseError as error:
            log_fault("procurement.decide_by_silence", error)
    return done


def _silent() -> list[tuple[int, int, str]]:
    tomorrow = clock.today("Pacific/Kiritimati")
    rows = queries.undecided(tomorrow)
    return [(row.community_id, row.id, queries.zone_of(row.community_id).key) for row in rows]


@transactional
def publish_award(actor: Actor, tender_id: int) -> None:
    """The result is published with every rank; from now it may be challenged, and every bidder learns its own points.

    Raises Forbidden, Refused.
    """
    tender = queries.locked_tender(tender_id)
    authorize(actor, PUBLISH_AWARD, tender.community_id)
    check(rules.withdrawn_refusal(queries.mandate_withdrawn(tender.mandate_id)))
    check(rules.step_refusal(tender.stage, AWARDED))
    award = _award(tender)
    today = clock.today(queries.zone_of(tender.community_id).key)
    notice, challenge, sign = rules.after_publication(today, queries.basis(tender.community_id, today))
    award.published_at, award.notice_until = clock.now(), notice.last
    award.challenge_until, award.sign_by = challenge.last, sign.last
    tender.stage = RESULT
    tender.provisional = tender.provisional or sign.provisional
    rows = queries.ranks(tender_id)
    event = AwardPublished(
        tender.community_id,
        tender_id,
        tender.number,
        award.organisation_id,
        award.price,
        tuple(ReceiptCode(row.bid.code) for row in rows),
        tuple(row.rank for row in rows),
        challenge.last,
        sign.last,
    )
    record(event, actor, tender.matter)


@transactional
def sign_contract(
    actor: Actor,
    tender_id: int,
    starts_on: date,
    ends_on: date,
    milestones: Sequence[rules.Milestone],
) -> int:
    """Buyer and winner sign after the last day for challenges, at the price of the bid, with milestones that add up to it.

    Answers with the contract's number. Raises Forbidden, Refused.
    """
    tender = queries.locked_tender(tender_id)
    authorize(actor, SIGN_CONTRACT, tender.community_id)
    check(rules.withdrawn_refusal(queries.mandate_withdrawn(tender.mandate_id)))
    check(rules.step_refusal(tender.stage, RESULT))
    award = _award(tender)
    today = clock.today(queries.zone_of(tender.community_id).key)
    basis = queries.basis(tender.community_id, today)
    assert award.challenge_until is not None
    assert award.sign_by is not None
    check(rules.signing_refusal(today, award.challenge_until, basis))
    check(rules.span_refusal(starts_on, ends_on, rules.months_after(starts_on, tender.term_months)))
    check(rules.contract_refusal(sum(one.amount for one in milestones), award.price, milestones))
    row = Contract(
        community_id=tender.community_id,
        tender_id=tender_id,
        organisation_id=award.organisation_id,
        number=next_number(tender.community_id, "contract"),
        amount=award.price,
        signed_at=clock.now(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        ContractMilestone(
            community_id=tender.community_id,
            contract_id=row.id,
            position=position,
            title=one.title,
            due_on=one.due,
            amount=one.amount,
        )
        for position, one in enumerate(milestones, start=1)
    )
    tender.stage = SIGNED
    event = ContractSigned(
        tender.community_id,
        tender_id,
        row.id,
        row.organisation_id,
        row.amount,
        len(milestones),
        starts_on,
        ends_on,
        bool(rules.signing_findings(today, award.sign_by, basis)),
    )
    record(event, actor, tender.matter)
    return row.number


@transactional
def complete_milestone(actor: Actor, tender_id: int, position: int, note: str = "") -> None:
    """A step of the contract is accepted; with the last one the contract is done. Raises Forbidden, NotFound, Refused."""
    tender = queries.locked_tender(tender_id)
    authorize(actor, COMPLETE_MILESTONE, tender.community_id)
    check(rules.step_refusal(tender.stage, SIGNED))
    contract = queries.find_contract(tender_id)
    assert contract is not None
    step = queries.get_milestone(contract.id, position)
    check(rules.acceptance_refusal(step.completed_at is not None))
    step.completed_at, step.note = clock.now(), note.strip()
    db.session.flush()
    event = MilestoneCompleted(tender.community_id, tender_id, contract.id, position, step.amount)
    record(event, actor, tender.matter)
    if all(one.completed_at is not None for one in queries.milestones(contract.id)):
        contract.completed_at, tender.stage = clock.now(), COMPLETED
        record(ContractCompleted(tender.community_id, tender_id, contract.id), actor, tender.matter)


def _award(tender: Tender) -> Award:
    award = queries.find_award(tender.id)
    assert award is not None
    return award


def _scored(row: queries.RankRow) -> rules.Scored:
    return rules.Scored(rules.Offer(row.bid.bid_id, row.bid.price), row.factors)
