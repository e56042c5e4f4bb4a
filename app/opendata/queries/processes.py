"""Purchases as the mapping to OCDS reads them: taken from the dossiers of buying and the public record."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

from app.core import clock
from app.core.context import CommunityValue
from app.core.errors import NotFound
from app.core.words import N_
from app.journal.queries import Line, told
from app.opendata import rules
from app.organisations.queries import OrganisationValue
from app.procurement import queries as buying
from app.procurement.queries import Dossier, Judged

PORTION = 100
BEGUN = ("BidQualified", "PanelAppointed")
ANNOUNCED = "TenderPublished"
LARGEST = 2**31 - 1


def site() -> str:
    """The address of the whole site, without a slash at its end."""
    return str(current_app.config["PUBLIC_URL"])


def get_process(here: CommunityValue, number: int) -> rules.Process:
    """The published purchase of a number. Raises NotFound, also for drafts."""
    found = buying.dossiers(here.id, number=number) if number <= LARGEST else []
    if not found:
        raise NotFound(N_("没有这项采购。"))
    return _processes(here, found)[0]


def processes(here: CommunityValue) -> Iterator[rules.Process]:
    """Every published purchase of a community, by number; at most eight statements for each hundred."""
    for portion in dossiers(here):
        yield from _processes(here, portion)


def dossiers(here: CommunityValue) -> Iterator[Sequence[Dossier]]:
    """Every published purchase of a community with everything that belongs to it, by number, a hundred at a time."""
    after = 0
    while portion := buying.dossiers(here.id, after=after, limit=PORTION):
        yield portion
        if len(portion) < PORTION:
            return
        after = portion[-1].tender.number


def releases_of_year(here: CommunityValue, year: int) -> list[rules.Json]:
    """The releases of a year on the community's calendar, oldest first. Raises NotFound where there are none."""
    now, first = clock.now(), f"{year:04}-"
    found = [
        release
        for process in processes(here)
        for release in rules.releases(process, now)
        if release["date"].startswith(first)
    ]
    if not found:
        raise NotFound(N_("%(year)s年没有采购数据。"), {"year": year})
    return sorted(found, key=lambda release: str(release["date"]))


def records(here: CommunityValue) -> Iterator[rules.Json]:
    """Every purchase of a community as an OCDS record, by number."""
    now = clock.now()
    return (rules.record(process, now) for process in processes(here) if process.published_at <= now)


def how_many(here: CommunityValue) -> int:
    """How many purchases a community has published."""
    return len(buying.published_tenders(here.id))


def package(here: CommunityValue, path: str, told: Sequence[rules.Json]) -> rules.Json:
    """What stands above the releases of a community's package; without any, it changed now."""
    home = f"{site()}/c/{here.slug}"
    at = max((_moment(release["date"]) for release in told), default=clock.now())
    return rules.package(f"{home}{path}", site(), here.name, f"{home}/", at, here.zone)


def years(here: CommunityValue) -> list[int]:
    """The years in which something of a purchase was published, newest first; one statement."""
    now, zone = clock.now(), ZoneInfo(here.zone)
    return sorted({at.astimezone(zone).year for at in buying.dossier_moments(here.id) if at <= now}, reverse=True)


def _processes(here: CommunityValue, found: Sequence[Dossier]) -> list[rules.Process]:
    record = told(here.id, sorted({one.tender.matter for one in found}), (ANNOUNCED, *BEGUN))
    lines: dict[int, list[Line]] = {}
    for line in record:
        lines.setdefault(line.told.get("tender", 0), []).append(line)
    return [_process(here, one, lines.get(one.tender.id, [])) for one in found]


def _process(here: CommunityValue, one: Dossier, record: Sequence[Line]) -> rules.Process:
    tender, slug = one.tender, here.slug
    assert tender.published_at is not None
    announced = next((line.told for line in record if line.event == ANNOUNCED), None)
    code = f"{slug}-{tender.number}"
    own = tender.source is None
    return rules.Process(
        ocid=ocid(here, tender.number),
        number=tender.number,
        zone=here.zone,
        page=f"{site()}/c/{slug}/tenders/{tender.number}",
        buyer=rules.Party(
            slug if own else f"{code}-buyer",
            tender.buyer or here.name,
            street=here.address if own else "",
            telephone=here.phone if own else "",
        ),
        agency=rules.Party(f"{code}-agency", tender.agency) if tender.agency else None,
        title=tender.title,
        method=tender.method,
        category=tender.category,
        budget=tender.budget,
        ceiling=tender.ceiling,
        published_at=tender.published_at,
        deadline=_moment(announced["deadline"]) if announced else tender.deadline,
        mandate=_mandate(one),
        **{name: getattr(tender, name) for name in SAME},
        qualifications=tuple(tender.qualifications),
        factors=tuple(map(_factor, one.criteria)),
        flaws=tuple(map(_flaw, tender.findings)),
        clarifications=tuple(
            rules.Clarification(row.number, row.text, row.asked_at, row.answer, row.answered_at, row.moved_to)
            for row in one.questions
        ),
        evaluating_at=next((line.at for line in record if line.event in BEGUN), None),
        bids=tuple(map(_bid, one.bids)),
        award=_award(one),
        contract=_contract(one),
    )


SAME = (
    "summary", "requirements", "beneficiaries", "minimum_price", "yearly", "price_basis", "bid_bond", "performance_bond",
    "payment", "acceptance", "term_months", "term_from", "term_to", "notice_until", "bidders", "opened_at", "failed_at",
)  # fmt: skip


def ocid(here: CommunityValue, number: int) -> str:
    """The name of a purchase in the whole world: the publisher's prefix, the community, the number."""
    return f"{current_app.config['OCDS_PREFIX']}-{here.slug}-{number}"


def party_of(organisation: OrganisationValue) -> rules.Party:
    """A registered organisation, known by its credit code."""
    return rules.Party(
        f"CN-USCC-{organisation.credit_code}", organisation.name, organisation.credit_code, organisation.address
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _mandate(one: Dossier) -> rules.Mandate | None:
    found = one.mandate
    if found is None:
        return None
    return rules.Mandate(str(found.resolution), found.purpose, found.ceiling, found.granted_at)


def _factor(row: Any) -> rules.Factor:
    found = buying.criterion_value(row)
    scales = tuple(
        rules.Scoring(scale.kind, scale.most, tuple((step.label, step.points) for step in scale.steps))
        for scale in found.scales
    )
    return rules.Factor(found.name, found.part, found.kind, found.points, found.how, scales)


def _flaw(raw: dict[str, Any]) -> rules.Flaw:
    found = buying.finding_value(raw)
    return rules.Flaw(found.rule, found.article, found.where, found.binding, rules.worded(found.refusal))


def _bid(one: Judged) -> rules.Bid:
    bid = one.bid
    return rules.Bid(
        bid.code, party_of(one.bidder), bid.price, bid.submitted_at, bid.qualified, bid.reason, one.rank, one.total
    )


def _award(one: Dossier) -> rules.Award | None:
    found = one.award
    if found is None or found.published_at is None:
        return None
    assert found.notice_until is not None
    assert found.challenge_until is not None
    assert found.sign_by is not None
    winner = next(judged.bid.code for judged in one.bids if judged.bid.bid_id == found.bid_id)
    return rules.Award(
        winner,
        found.price,
        found.decided_at,
        found.published_at,
        found.notice_until,
        found.challenge_until,
        found.sign_by,
        found.reason,
    )


def _contract(one: Dossier) -> rules.Contract | None:
    found = one.contract
    if found is None:
        return None
    steps = tuple(
        rules.Milestone(step.position, step.title, step.due_on, step.amount, step.note, step.completed_at)
        for step in one.milestones
    )
    return rules.Contract(
        found.number, found.amount, found.signed_at, found.starts_on, found.ends_on, steps, found.completed_at
    )
