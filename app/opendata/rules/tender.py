"""The planning and tender sections: what is to be bought, for how much at most, how it is decided, until when."""

from datetime import datetime

from app.opendata.rules.facts import Factor, Process
from app.opendata.rules.objects import Json, document, end_of, period, points, reference, start_of, value

BIDDING, SEALED, OPENED, EVALUATING, AWARDED = "bidding", "sealed", "opened", "evaluating", "awarded"
TOO_FEW_BIDDERS, TOO_FEW_QUALIFIED = "too-few-bidders", "too-few-qualified"
ACTIVE, COMPLETE, UNSUCCESSFUL = "active", "complete", "unsuccessful"
METHODS = {
    "open": ("open", "公开招标"),
    "competitive_consultation": ("selective", "竞争性磋商"),
    "competitive_negotiation": ("selective", "竞争性谈判"),
    "request_for_quotation": ("selective", "询价"),
    "single_source": ("direct", "单一来源"),
}
"""How our methods are called in OCDS: the code, and the word of the law."""
SUBMISSION = "在本网站递交。标书递交后立即加密封存，截止时间以前谁也不公布有几家、各报多少。"


def status(process: Process, code: str, details: str) -> Json:
    """Where a tender stands: what OCDS has no word for stands in `statusDetails`."""
    return {"id": str(process.number), "status": code, "statusDetails": details}


def planning(process: Process) -> Json | None:
    """For what, and for how much at most, a resolution allowed the purchase."""
    mandate = process.mandate
    if mandate is None:
        return None
    return {
        "rationale": mandate.purpose,
        "budget": {"id": mandate.resolution, "description": mandate.purpose, "amount": value(mandate.ceiling)},
    }


def notice(process: Process) -> Json:
    """The tender as it was published."""
    code, words = METHODS.get(process.method, (None, process.method))
    rated = any(factor.kind != "price" for factor in process.factors)
    return {
        **status(process, ACTIVE, BIDDING),
        "title": process.title,
        "description": "\n\n".join(text for text in (process.summary.strip(), process.requirements.strip()) if text),
        "procuringEntity": reference(process.agency or process.buyer),
        "value": value(process.ceiling),
        "minValue": None if process.minimum_price is None else value(process.minimum_price),
        "procurementMethod": code,
        "procurementMethodDetails": words,
        "mainProcurementCategory": process.category,
        "awardCriteria": "ratedCriteria" if rated else "priceOnly",
        "submissionMethod": ["electronicSubmission"],
        "submissionMethodDetails": SUBMISSION,
        "eligibilityCriteria": "\n".join(text.strip() for text in process.qualifications),
        "hasEnquiries": False,
        **deadlines(process, process.published_at),
        "documents": [document(process, "notice", "tenderNotice", "采购公告", "", process.published_at)],
        **_periods(process),
        **_own_fields(process),
    }


def deadlines(process: Process, at: datetime) -> Json:
    """The periods that end with the deadline, as it stood at a moment."""
    zone, deadline = process.zone, process.deadline_at(at)
    until = period(process.published_at, deadline, zone)
    return {"tenderPeriod": until, "enquiryPeriod": until, "awardPeriod": period(deadline, None, zone)}


def _periods(process: Process) -> Json:
    zone = process.zone
    starts = start_of(process.term_from, zone) if process.term_from else None
    ends = end_of(process.term_to, zone) if process.term_to else None
    stands = end_of(process.notice_until, zone) if process.notice_until else None
    return {
        "contractPeriod": period(starts, ends, zone),
        "noticePeriod": period(process.published_at, stands, zone) if stands else None,
    }


def _own_fields(process: Process) -> Json:
    return {
        "beneficiaries": process.beneficiaries,
        "pricePeriod": "year" if process.yearly else "contract",
        "priceBasis": process.price_basis,
        "bidBond": value(process.bid_bond) if process.bid_bond else None,
        "performanceBondPercentage": points(process.performance_bond) if process.performance_bond else None,
        "paymentTerms": process.payment,
        "acceptanceTerms": process.acceptance,
        "contractMonths": process.term_months or None,
        "evaluationFactors": [_factor(place, one) for place, one in enumerate(process.factors, start=1)],
        "ruleFindings": [
            {
                "id": str(place),
                "rule": flaw.rule,
                "article": flaw.article,
                "where": flaw.where,
                "binding": flaw.binding,
                "description": flaw.words,
            }
            for place, flaw in enumerate(process.flaws, start=1)
        ],
    }


def _factor(place: int, factor: Factor) -> Json:
    return {
        "id": str(place),
        "name": factor.name,
        "part": factor.part,
        "kind": factor.kind,
        "maximumPoints": points(factor.points),
        "description": factor.how,
        "scales": [
            {
                "id": f"{place}.{at}",
                "method": scale.method,
                "maximumPoints": points(scale.most),
                "steps": [
                    {"id": f"{place}.{at}.{number}", "description": words, "points": points(given)}
                    for number, (words, given) in enumerate(scale.steps, start=1)
                ],
            }
            for at, scale in enumerate(factor.scales, start=1)
        ],
    }
