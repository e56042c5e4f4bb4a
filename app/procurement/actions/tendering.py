"""From a mandate to a published tender."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete, update

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import Refused, check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Ref, Refusal
from app.core.words import N_
from app.core.workdays import Term
from app.journal.actions import record
from app.journal.events import Word
from app.procurement import queries, rules
from app.procurement.events import MandateGranted, MandateWithdrawn, TenderDrafted, TenderPublished
from app.procurement.models import BIDDING, DRAFT, Mandate, Tender, TenderCriterion
from app.procurement.permissions import DRAFT_TENDER, GRANT_MANDATE, PUBLISH_TENDER, REPLAY_TENDER

REPLAY_HOUR = time(10)


@dataclass(frozen=True, slots=True)
class TenderDraft:
    """What is written down before a tender is published. Money in fen, the performance bond in 0.01 %."""

    title: str
    ceiling: int
    deadline: datetime
    criteria: tuple[rules.Criterion, ...]
    summary: str = ""
    requirements: str = ""
    beneficiaries: str = ""
    buyer: str = ""
    method: str = rules.OPEN
    category: str = rules.SERVICES
    bid_bond: int = 0
    performance_bond: int = 0
    qualifications: tuple[str, ...] = ()
    payment: str = ""
    acceptance: str = ""
    term_months: int = 12
    term_from: date | None = None
    long_grounds: tuple[str, ...] = ()
    demanding: bool = False


@dataclass(frozen=True, slots=True)
class Replayed:
    """A tender that was published elsewhere and now stands here too: its number and what was found."""

    number: int
    findings: list[rules.Finding]


@transactional
def grant_mandate(actor: Actor, community_id: int, resolution: Ref, matter: Ref, ceiling: int, purpose: str) -> int:
    """An adopted resolution allows something to be bought: for a purpose, and for so many fen at most.

    Answers with the mandate; the same resolution gives the same one. Raises Forbidden, Refused.
    """
    authorize(actor, GRANT_MANDATE, community_id)
    known = queries.find_mandate(community_id, resolution)
    if known is not None:
        return known.id
    check(rules.mandate_refusal(ceiling, purpose))
    row = Mandate(
        community_id=community_id,
        resolution_kind=resolution.kind,
        resolution_id=resolution.id,
        matter_kind=matter.kind,
        matter_id=matter.id,
        ceiling=ceiling,
        purpose=purpose.strip(),
        granted_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    record(MandateGranted(community_id, row.id, resolution, ceiling), actor, matter)
    return row.id


@transactional
def withdraw_mandate(actor: Actor, community_id: int, resolution: Ref) -> None:
    """The vote behind a mandate was annulled: nothing more is drafted, published, awarded or signed under it.

    Called by the crossing from the vote. Without a mandate, and twice, it does nothing. Raises Forbidden.
    """
    authorize(actor, GRANT_MANDATE, community_id)
    known = queries.find_mandate(community_id, resolution)
    if known is None or known.withdrawn_at is not None:
        return
    db.session.execute(update(Mandate).where(Mandate.id == known.id).values(withdrawn_at=clock.now()))
    record(MandateWithdrawn(community_id, known.id), actor, known.matter)


@transactional
def draft_tender(actor: Actor, community_id: int, mandate_id: int, draft: TenderDraft) -> int:
    """Somebody writes down what is to be bought under a mandate, and how bids are scored. Answers with its number.

    Raises Forbidden, NotFound, Refused.
    """
    mandate = queries.get_mandate(community_id, mandate_id)
    authorize(actor, DRAFT_TENDER, community_id)
    check(rules.withdrawn_refusal(mandate.withdrawn_at is not None))
    check(rules.draft_refusal(queries.mandate_in_use(mandate_id)))
    check(rules.deadline_refusal(clock.now(), draft.deadline))
    row = Tender(
        community_id=community_id,
        number=next_number(community_id, "tender"),
        mandate_id=mandate_id,
        matter_kind=mandate.matter.kind,
        matter_id=mandate.matter.id,
        budget=mandate.ceiling,
        drafted_at=clock.now(),
        stage=DRAFT,
    )
    _write(row, draft)
    db.session.add(row)
    db.session.flush()
    _write_criteria(row, draft.criteria)
    record(TenderDrafted(community_id, row.id, mandate_id), actor, row.matter)
    return row.number


@transactional
def revise_tender(actor: Actor, tender_id: int, draft: TenderDraft) -> None:
    """A draft is written anew, as long as it is not published. Raises Forbidden, NotFound, Refused."""
    row = queries.locked_tender(tender_id)
    authorize(actor, DRAFT_TENDER, row.community_id)
    check(rules.step_refusal(row.stage, DRAFT))
    check(rules.deadline_refusal(clock.now(), draft.deadline))
    _write(row, draft)
    db.session.execute(delete(TenderCriterion).where(TenderCriterion.tender_id == tender_id))
    _write_criteria(row, draft.criteria)
    record(TenderDrafted(row.community_id, row.id, row.mandate_id or 0), actor, row.matter)


@transactional
def publish_tender(actor: Actor, tender_id: int) -> None:
    """A tender is published when nothing in it breaks a rule that binds; what else was found stays on record with it.

    From this day its terms run. Raises Forbidden, NotFound, Refused.
    """
    row = queries.locked_tender(tender_id)
    authorize(actor, PUBLISH_TENDER, row.community_id)
    check(rules.step_refusal(row.stage, DRAFT))
    check(rules.withdrawn_refusal(queries.mandate_withdrawn(row.mandate_id)))
    check(rules.deadline_refusal(clock.now(), row.deadline))
    found = draft_findings(row)
    check(rules.binding_refusal(found))
    _publish(actor, row, found, replayed=False)


def draft_findings(row: Tender) -> list[rules.Finding]:
    """What would be found if a draft were published today."""
    zone = queries.zone_of(row.community_id)
    today = clock.today(zone.key)
    basis = queries.basis(row.community_id, today)
    return rules.review(queries.terms(row, queries.criteria(row.id), today, zone), basis)


@transactional
def replay_tender(actor: Actor, community_id: int, tender: rules.ReplayedTender) -> Replayed:
    """A tender that was published elsewhere is published here with its criteria, weights and terms, and its findings.

    What breaks a rule does not stop it, since it has long happened; it stays on record and is shown. It takes bids until
    the earliest lawful deadline. Raises Forbidden, Refused where it already stands here.
    """
    authorize(actor, REPLAY_TENDER, community_id)
    if queries.find_by_source(community_id, tender.source) is not None:
        raise Refused(Refusal(N_("%(source)s已经导入过了。"), {"source": tender.source}))
    zone = queries.zone_of(community_id)
    today = clock.today(zone.key)
    basis = queries.basis(community_id, today)
    found = rules.replay_findings(tender, basis)
    terms = tender.terms
    last = rules.earliest_days(terms.method, today, basis).deadline.last
    row = Tender(
        community_id=community_id,
        number=next_number(community_id, "tender"),
        source=tender.source,
        title=terms.title,
        buyer=tender.buyer or get_community(community_id).name,
        agency=tender.agency,
        method=terms.method,
        category=terms.category,
        budget=terms.budget,
        ceiling=terms.ceiling,
        minimum_price=terms.minimum_price,
        yearly=tender.yearly,
        price_basis=terms.price_basis,
        bid_bond=terms.bid_bond,
        performance_bond=terms.performance_bond,
        candidates=terms.candidates,
        qualifications=list(terms.qualifications),
        payment=tender.payment,
        acceptance=tender.acceptance,
        term_months=terms.term_months,
        term_from=terms.term_from,
        term_to=terms.term_to,
        drafted_at=clock.now(),
        deadline=datetime.combine(last, REPLAY_HOUR, zone),
        stage=DRAFT,
    )
    db.session.add(row)
    db.session.flush()
    _write_criteria(row, terms.criteria)
    _publish(actor, row, found, replayed=True)
    return Replayed(row.number, found)


def _publish(actor: Actor, row: Tender, found: list[rules.Finding], *, replayed: bool) -> None:
    zone = queries.zone_of(row.community_id)
    today = clock.today(zone.key)
    basis = queries.basis(row.community_id, today)
    days = rules.earliest_days(row.method, today, basis)
    due = row.deadline.astimezone(zone).date()
    row.stage, row.published_at = BIDDING, clock.now()
    row.notice_until, row.documents_until = _last(days.notice), _last(days.documents)
    row.provisional = basis.workdays.provisional(today, due)
    queries.expect(row, basis, due)
    row.findings = [queries.stored_finding(one) for one in found]
    event = TenderPublished(
        row.community_id, row.id, row.number, Word(row.method), row.ceiling, row.deadline, len(found), replayed
    )
    record(event, actor, row.matter)


def _last(term: Term | None) -> date | None:
    return term.last if term else None


def _write(row: Tender, draft: TenderDraft) -> None:
    row.title, row.summary, row.requirements = draft.title, draft.summary, draft.requirements
    row.beneficiaries, row.buyer = draft.beneficiaries, draft.buyer
    row.method, row.category = draft.method, draft.category
    row.ceiling, row.deadline = draft.ceiling, draft.deadline
    row.bid_bond, row.performance_bond = draft.bid_bond, draft.performance_bond
    row.qualifications, row.long_grounds = list(draft.qualifications), list(draft.long_grounds)
    row.payment, row.acceptance = draft.payment, draft.acceptance
    row.term_months, row.term_from = draft.term_months, draft.term_from
    row.term_to = rules.months_after(draft.term_from, draft.term_months) if draft.term_from else None
    row.demanding = draft.demanding


def _write_criteria(row: Tender, criteria: tuple[rules.Criterion, ...]) -> None:
    db.session.add_all(
        TenderCriterion(
            community_id=row.community_id,
            tender_id=row.id,
            position=position,
            name=criterion.name,
            part=criterion.part,
            kind=criterion.kind,
            points=criterion.points,
            how=criterion.how,
            scales=queries.stored_scales(criterion.scales),
            place=criterion.place,
        )
        for position, criterion in enumerate(criteria)
    )
