"""The list of tenders, the page of one, drafting and publishing it, questions about it."""

from datetime import time
from typing import Any
from urllib.parse import urlencode

from flask import Response as FlaskResponse
from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community, me
from app.core.feeds import FeedEntry, atom
from app.core.house import describe
from app.core.i18n import _
from app.core.limits import spend
from app.core.pages import access, page
from app.core.permissions import PUBLIC, may
from app.organisations.queries import organisations
from app.procurement import actions, queries, rules
from app.procurement.forms import AnswerForm, QuestionForm, StepForm, TenderForm, typed_tender, write_fen
from app.procurement.models import DRAFT, FAILED, SIGNED
from app.procurement.permissions import (
    ANSWER_QUESTION,
    ASK_QUESTION,
    DRAFT_TENDER,
    PUBLISH_TENDER,
)
from app.procurement.routes import view
from app.procurement.routes.blueprint import answer, own_organisations, pages, tender_of, zone

QUESTION_RATE = "30/hour"
TEN = time(10)


@pages.get("/tenders")
@access(PUBLIC)
def tenders() -> Response:
    """What is being bought here, newest first."""
    chosen = request.args.get("view", "all")
    staff = may(actor(), DRAFT_TENDER, community().id) if me() else False
    if chosen not in queries.VIEWS or (chosen == "drafts" and not staff):
        chosen = "all"
    words = request.args.get("q", "")[:80]
    before = request.args.get("before", "")
    below = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    rows = queries.tenders(community().id, chosen, words, below)
    more = len(rows) > queries.PAGE
    rows = rows[: queries.PAGE]
    older = {"view": chosen, "q": words, "before": rows[-1].number} if more else {}
    return page(
        "procurement/tenders.html",
        tenders=rows,
        tag_of=view.tag_of,
        methods=rules.METHODS,
        view=chosen,
        words=words,
        older="?" + urlencode(older) if older else "",
        newer="?" + urlencode({"view": chosen, "q": words}) if below is not None else "",
        staff=staff,
        mandates=queries.mandates(community().id, unused=True) if staff else [],
    )


@pages.get("/tenders/feed.atom")
@access(PUBLIC)
def feed() -> FlaskResponse:
    """The newest tenders, for feed readers."""
    rows = queries.tenders(community().id)[: queries.PAGE]
    entries = [
        FeedEntry(url_for(".tender", number=row.number), row.title, row.summary, row.published_at, row.buyer)
        for row in rows
        if row.published_at
    ]
    title = _("%(name)s：采购", name=community().name)
    response = atom(title, url_for(".tenders"), url_for(".feed"), entries)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@pages.get("/tenders/<int:number>")
@access(PUBLIC)
def tender(number: int) -> Response:
    """A tender on one page: where it stands, its days, its criteria, what was asked, and one's own receipt."""
    desk = queries.get_desk(community().id, number, actor())
    row, award = desk.tender, desk.award
    criteria = queries.criteria(row.id)
    now = clock.now().astimezone(zone())
    public = award if award and award.published_at else None
    spans = view.timetable(row, public, zone())
    found = queries.state(row, now, award, now.date())
    own = own_organisations() if me() else []
    step = queries.turn_of(desk, actor(), zone())
    return page(
        "procurement/tender.html",
        fragments=("_questions",),
        tender=row,
        award=public,
        winner=organisations([public.organisation_id]).get(public.organisation_id) if public else None,
        mandate=desk.mandate,
        state=found,
        tag=view.tag_of(found),
        stations=view.stations(row, desk.mandate, public, zone()),
        spans=spans,
        first=min((span.start for span in spans), default=now),
        last=max((span.end for span in spans), default=now),
        days_open=view.days_open(row, zone()),
        criteria=view.criteria_rows(criteria),
        bond=view.in_points(row.performance_bond),
        never=view.NEVER,
        place_of=view.place_of,
        register_url=register_url(number, "bid"),
        findings=[queries.finding_value(raw) for raw in row.findings],
        questions=queries.questions(row.id),
        own=own,
        receipts=queries.receipts(row.id, [number for number, _name in own]),
        bid_refusal=actions.bidding_refusal(actor(), row, own[0][0]) if own else None,
        step=step,
        step_url=queries.address(community().slug, number, step.page) if step else "",
        resolution=describe([desk.mandate.resolution]).get(desk.mandate.resolution) if desk.mandate else None,
        term=view.term_words(row),
        methods=rules.METHODS,
        may_answer=may(actor(), ANSWER_QUESTION, row.community_id),
        may_edit=row.stage == DRAFT,
        failed=row.stage == FAILED,
        contracted=row.stage in (SIGNED, "completed"),
        opened=row.opened_at is not None,
        on_panel=desk.seat is not None,
        record_url=_record_url(number) if row.published_at else "",
    )


@pages.route("/mandates/<int:mandate_id>/tender", methods=["GET", "POST"])
@access(DRAFT_TENDER)
def draft_tender(mandate_id: int) -> Response:
    """Write down what is to be bought under a mandate."""
    mandate = queries.get_mandate(community().id, mandate_id)
    refusal = rules.draft_refusal(queries.mandate_in_use(mandate_id))
    today = clock.today(community().zone)
    days = rules.earliest_days(rules.OPEN, today, queries.basis(community().id, today))
    fresh = {
        "title": mandate.purpose[:200],
        "ceiling": write_fen(mandate.ceiling),
        "method": rules.OPEN,
        "deadline_on": days.deadline.last,
        "deadline_at": TEN,
        "term_months": 12,
        "buyer": f"{community().name}居民委员会",
    }
    form = TenderForm.from_request(**fresh)

    def act() -> str:
        number = actions.draft_tender(actor(), community().id, mandate_id, form.draft(zone()))
        return url_for(".publish_tender", number=number)

    return answer(
        form,
        act,
        "procurement/draft_tender.html",
        refusal,
        mandate=mandate,
        refusal=refusal,
    )


@pages.route("/tenders/<int:number>/edit", methods=["GET", "POST"])
@access(DRAFT_TENDER)
def revise_tender(number: int) -> Response:
    """Write a draft anew."""
    row = tender_of(number)
    criteria = queries.criteria(row.id)
    form = TenderForm.from_request(**typed_tender(row, criteria, zone()))
    refusal = rules.step_refusal(row.stage, DRAFT)

    def act() -> str:
        actions.revise_tender(actor(), row.id, form.draft(zone()))
        return url_for(".publish_tender", number=number)

    return answer(
        form,
        act,
        "procurement/revise_tender.html",
        refusal,
        tender=row,
        refusal=refusal,
    )


@pages.route("/tenders/<int:number>/publish", methods=["GET", "POST"])
@access(PUBLISH_TENDER)
def publish_tender(number: int) -> Response:
    """See what the rules say of a draft, and publish it."""
    row = tender_of(number)
    form = StepForm.from_request()
    refusal = rules.step_refusal(row.stage, DRAFT)

    def act() -> str:
        actions.publish_tender(actor(), row.id)
        return url_for(".tender", number=number)

    def shown() -> dict[str, Any]:
        findings = [] if refusal else actions.draft_findings(row)
        due = rules.binding_refusal(findings) or rules.deadline_refusal(clock.now(), row.deadline)
        criteria = view.criteria_rows(queries.criteria(row.id))
        return {"findings": findings, "blocked": refusal or due, "criteria": criteria}

    return answer(
        form,
        act,
        "procurement/publish_tender.html",
        tender=row,
        never=view.NEVER,
        place_of=view.place_of,
        later=shown,
    )


@pages.route("/tenders/<int:number>/questions/new", methods=["GET", "POST"])
@access(ASK_QUESTION)
def ask_question(number: int) -> Response:
    """Ask about a tender, in the name of an organisation that nobody else learns."""
    row = tender_of(number)
    own = own_organisations()
    form = QuestionForm.from_request()
    form.organisation.choices = own
    refusal = rules.question_refusal(clock.now(), row.published_at, row.deadline) or rules.speaker_refusal(
        actor().acts_as, own[0][0] if own else 0
    )

    def act() -> str:
        spend("question", str(actor().account_id), QUESTION_RATE)
        asked = actions.ask_question(actor(), row.id, form.organisation.data, form.text.data)
        return url_for(".tender", number=number) + f"#question-{asked}"

    return answer(
        form,
        act,
        "procurement/ask_question.html",
        refusal,
        tender=row,
        own=own,
        refusal=refusal,
        register_url=register_url(number, "questions/new"),
    )


@pages.route("/tenders/<int:number>/questions/<int:question>/answer", methods=["GET", "POST"])
@access(ANSWER_QUESTION)
def answer_question(number: int, question: int) -> Response:
    """Answer a question to all."""
    row = tender_of(number)
    asked = queries.get_question(row.id, question)
    form = AnswerForm.from_request()
    refusal = rules.answer_refusal(clock.now(), row.deadline, asked.answered_at is not None)

    def act() -> str:
        affects = form.affects.data == "yes"
        actions.answer_question(actor(), row.id, question, form.text.data, affects_bids=affects)
        return url_for(".tender", number=number) + f"#question-{question}"

    return answer(
        form,
        act,
        "procurement/answer_question.html",
        refusal,
        tender=row,
        question=asked,
        refusal=refusal,
    )


def register_url(number: int, page_name: str) -> str:
    back = url_for(".tender", number=number) + f"/{page_name}"
    return "/organisations/new?" + urlencode({"next": back})


def _record_url(number: int) -> str:
    """The tender as open data, where the house publishes it."""
    path = f"/c/{community().slug}/tenders/{number}/ocds/record.json"
    return path if current_app.url_map.bind("").test(path, "GET") else ""
