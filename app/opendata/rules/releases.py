"""One release an event: each tells what became public then, and nothing that came later ever changes it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from app.opendata.rules import evaluation, tender
from app.opendata.rules.facts import Clarification, Party, Process
from app.opendata.rules.objects import LANGUAGE, Json, after, party, pruned, reference, stamp

BUYER, ENTITY, TENDERER, SUPPLIER = "buyer", "procuringEntity", "tenderer", "supplier"


@dataclass(frozen=True, slots=True)
class _Event:
    name: str
    at: datetime
    tag: str
    told: Json
    parties: tuple[tuple[Party, tuple[str, ...]], ...] = field(default=())


def releases(process: Process, now: datetime) -> list[Json]:
    """What has been published of a purchase by now, oldest first: valid OCDS 1.1.5 releases with their extensions.

    Before the deadline they hold no bid and no number of bids; before the result is published, no award.
    """
    events = [event for event in _events(process) if event.at <= now]
    return [_release(process, event) for event in sorted(events, key=lambda event: event.at)]


def _release(process: Process, event: _Event) -> Json:
    told = {
        "ocid": process.ocid,
        "id": f"{process.ocid}-{event.name}",
        "date": stamp(event.at, process.zone),
        "tag": [event.tag],
        "initiationType": "tender",
        "language": LANGUAGE,
        "buyer": reference(process.buyer),
        "parties": [party(one, roles) for one, roles in (*_buyers(process), *event.parties)],
        **event.told,
    }
    found: Json = pruned(told)
    return found


def _events(process: Process) -> Iterator[_Event]:
    yield from _announced(process)
    yield from _asked(process)
    last = process.last_deadline
    sealed = tender.status(process, tender.ACTIVE, tender.SEALED)
    yield _Event("sealed", last, "tenderUpdate", {"tender": sealed})
    yield from _opened(process)
    yield from _awarded(process)
    yield from _carried_out(process)


def _announced(process: Process) -> Iterator[_Event]:
    if process.mandate is not None:
        yield _Event("planning", process.mandate.granted_at, "planning", {"planning": tender.planning(process)})
    yield _Event("tender", process.published_at, "tender", {"tender": tender.notice(process)})


def _asked(process: Process) -> Iterator[_Event]:
    before = f"{process.ocid}-tender"
    answered = [(one.answered_at, one) for one in process.clarifications if one.answered_at is not None]
    for at, one in sorted(answered, key=lambda pair: (pair[0], pair[1].number)):
        name = f"answer-{one.number}"
        told = {"id": str(process.number), "hasEnquiries": True, "clarifications": [_answer(process, one, at)]}
        if one.moved_to is not None:
            told |= tender.deadlines(process, at)
            told["amendments"] = [
                {
                    "id": name,
                    "date": stamp(at, process.zone),
                    "rationale": f"答复第{one.number}个提问影响投标，截止时间顺延。",
                    "amendsReleaseID": before,
                    "releaseID": f"{process.ocid}-{name}",
                }
            ]
            before = f"{process.ocid}-{name}"
        tag = "tenderUpdate" if one.moved_to is None else "tenderAmendment"
        yield _Event(name, at, tag, {"tender": told})


def _answer(process: Process, one: Clarification, at: datetime) -> Json:
    return {
        "id": str(one.number),
        "question": one.question,
        "answer": one.answer,
        "dateAsked": stamp(one.asked_at, process.zone),
        "dateAnswered": stamp(at, process.zone),
    }


def _opened(process: Process) -> Iterator[_Event]:
    opened = process.opened_at
    if opened is not None:
        told = {"tender": evaluation.tender_read(process, opened), "bids": evaluation.bids_read(process, opened)}
        yield _Event("opened", opened, "tenderUpdate", told, _bidders(process))
        if process.evaluating_at is not None:
            going_on = tender.status(process, tender.ACTIVE, tender.EVALUATING)
            yield _Event("evaluating", process.evaluating_at, "tenderUpdate", {"tender": going_on})
    if process.failed_at is None:
        return
    if opened is None:
        why, bids = tender.TOO_FEW_BIDDERS, evaluation.bids_counted(process, process.failed_at)
    else:
        why, bids = tender.TOO_FEW_QUALIFIED, evaluation.bids_judged(process, process.failed_at, ranked=False)
    failed = tender.status(process, tender.UNSUCCESSFUL, why)
    failed["numberOfTenderers"] = process.bidders
    parties = () if opened is None else _bidders(process)
    yield _Event("failed", process.failed_at, "tenderUpdate", {"tender": failed, "bids": bids}, parties)


def _awarded(process: Process) -> Iterator[_Event]:
    found = process.award
    if found is None or process.opened_at is None:
        return
    told = {
        "tender": tender.status(process, tender.COMPLETE, tender.AWARDED),
        "bids": evaluation.bids_judged(process, found.published_at, ranked=True),
        "awards": [evaluation.award(process, found)],
    }
    yield _Event("award", found.published_at, "award", told, _bidders(process, found.bid))
    firm = {"id": evaluation.award_id(process), "status": "active"}
    yield _Event("award-firm", after(found.challenge_until, process.zone), "awardUpdate", {"awards": [firm]})


def _carried_out(process: Process) -> Iterator[_Event]:
    found = process.contract
    if found is None or process.award is None:
        return
    yield _Event("contract", found.signed_at, "contract", {"contracts": [evaluation.contract(process, found)]})
    done = [(step.completed_at, step) for step in found.milestones if step.completed_at is not None]
    for at, step in sorted(done, key=lambda pair: (pair[0], pair[1].position)):
        told = {"contracts": [evaluation.delivered(process, found, step, at)]}
        yield _Event(f"milestone-{step.position}", at, "implementation", told)
    if found.completed_at is not None:
        over = {"contracts": [evaluation.ended(process, found)]}
        yield _Event("completed", found.completed_at, "contractTermination", over)


def _buyers(process: Process) -> list[tuple[Party, tuple[str, ...]]]:
    if process.agency is None:
        return [(process.buyer, (BUYER, ENTITY))]
    return [(process.buyer, (BUYER,)), (process.agency, (ENTITY,))]


def _bidders(process: Process, winner: str = "") -> tuple[tuple[Party, tuple[str, ...]], ...]:
    return tuple((bid.bidder, (TENDERER, SUPPLIER) if bid.code == winner else (TENDERER,)) for bid in process.bids)
