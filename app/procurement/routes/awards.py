"""The ranking, the award, and the result that everybody reads."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community, me
from app.core.errors import NotFound
from app.core.pages import access, page
from app.core.permissions import PUBLIC
from app.core.words import N_
from app.procurement import actions, queries, rules
from app.procurement.forms import AwardForm, StepForm
from app.procurement.models import AWARDED, OPENED, RANKED, Tender
from app.procurement.permissions import DECIDE_AWARD, PUBLISH_AWARD, RANK_BIDS
from app.procurement.routes import view
from app.procurement.routes.blueprint import answer, pages, tender_of, zone


@pages.route("/tenders/<int:number>/ranking", methods=["GET", "POST"])
@access(RANK_BIDS)
def rank_bids(number: int) -> Response:
    """Turn points into ranks, once every member has handed in."""
    row = tender_of(number)
    seats = queries.seats(row.id)
    refusal = rules.step_refusal(row.stage, OPENED) or rules.ranking_refusal(
        [seat.submitted_at is not None for seat in seats], [seat.conflicted for seat in seats]
    )
    lead = N_("把每位评委的评分和价格分加在一起，排出名次，报告采购人。")
    return _step(
        row,
        "procurement/rank_bids.html",
        lambda: actions.rank_bids(actor(), row.id),
        url_for(".decide_award", number=number),
        refusal=refusal,
        lead=lead,
        seats=seats,
    )


@pages.route("/tenders/<int:number>/award", methods=["GET", "POST"])
@access(DECIDE_AWARD)
def decide_award(number: int) -> Response:
    """The buyer decides for the first rank."""
    row = tender_of(number)
    ranks = queries.ranks(row.id)
    first = [one for one in ranks if one.rank == 1]
    form = AwardForm.from_request(position=first[0].bid.position if len(first) == 1 else None)
    form.position.choices = [(one.bid.position, one.bid.organisation) for one in first]
    refusal = rules.step_refusal(row.stage, RANKED)

    def act() -> str:
        actions.decide_award(actor(), row.id, form.position.data, form.reason.data or "")
        return url_for(".publish_award", number=number)

    return answer(
        form,
        act,
        "procurement/decide_award.html",
        refusal,
        tender=row,
        ranks=ranks,
        later=lambda: {"criteria": queries.criteria(row.id)},
        refusal=refusal,
        score=score_words,
    )


@pages.route("/tenders/<int:number>/award/publish", methods=["GET", "POST"])
@access(PUBLISH_AWARD)
def publish_award(number: int) -> Response:
    """Publish the result, with every rank."""
    row = tender_of(number)
    return _step(
        row,
        "procurement/publish_award.html",
        lambda: actions.publish_award(actor(), row.id),
        url_for(".result", number=number),
        refusal=rules.step_refusal(row.stage, AWARDED),
        ranks=queries.ranks(row.id),
        award=queries.find_award(row.id),
        score=score_words,
    )


@pages.get("/tenders/<int:number>/result")
@access(PUBLIC)
def result(number: int) -> Response:
    """Who won and why: every rank, and every bidder's own points explained. Raises NotFound before it is published."""
    desk = queries.get_desk(community().id, number, actor())
    row, award = desk.tender, desk.award
    if award is None or award.published_at is None:
        raise NotFound(N_("结果还没有公告。"))
    own = {ref.id for ref in actor().refs("organisation")} if me() else set()
    bids = queries.opened_bids(row.id)
    criteria = queries.criteria(row.id) if own & {bid.organisation_id for bid in bids} else []
    return page(
        "procurement/result.html",
        tender=row,
        award=award,
        ranks=queries.ranks(row.id, bids),
        out=[bid for bid in bids if bid.qualified is False],
        criteria=criteria,
        seats=queries.seats(row.id),
        own=own,
        score=score_words,
        tag=view.tag_of(queries.state(row, clock.now(), award, clock.now().astimezone(zone()).date())),
        today=clock.today(community().zone),
        seat_words=rules.SEATS,
        most=view.in_points,
        factor_name=view.factor_name,
    )


def score_words(points: Any) -> str:
    """An exact score as it is read: two decimals, rounded down, so that nobody reads more than was given."""
    whole, rest = divmod(int(points * 100), 100)
    return f"{whole}.{rest:02d}"


def _step(row: Tender, template: str, do: Any, then: str, *, refusal: Any, **values: Any) -> Response:
    form = StepForm.from_request()

    def act() -> str:
        do()
        return then

    return answer(form, act, template, refusal, tender=row, refusal=refusal, **values)
