"""The rules that hold here, publishing one, and the days on which people work."""

from datetime import date
from itertools import groupby

from flask import url_for
from werkzeug.wrappers import Response

from app.bylaws import actions, queries
from app.bylaws.forms import DaysForm, rule_form
from app.bylaws.permissions import PUBLISH_RULE, SET_WORKDAYS
from app.bylaws.rules import fixed_refusal, runs
from app.core import clock
from app.core.context import actor, community
from app.core.errors import NotFound, check
from app.core.forms import HouseForm, hand_in
from app.core.handing import answer_form
from app.core.pages import access, community_pages, page, see_other
from app.core.permissions import PUBLIC
from app.core.words import N_

pages = community_pages("bylaws")


@pages.get("/rules")
@access(PUBLIC)
def rules() -> Response:
    """Every figure by which the house decides here, with its article."""
    found = queries.rules_in_force(community().id, clock.today(community().zone))
    groups = [(subject, list(rows)) for subject, rows in groupby(found, lambda one: one.row.key.split(".")[0])]
    return page("bylaws/rules.html", groups=groups, publish=PUBLISH_RULE)


@pages.route("/rules/<key>/publish", methods=["GET", "POST"])
@access(PUBLISH_RULE)
def publish_rule(key: str) -> Response:
    """Publish a figure of the community's own."""
    today = clock.today(community().zone)
    found = next((one for one in queries.rules_in_force(community().id, today) if one.row.key == key), None)
    if found is None:
        raise NotFound(N_("没有这一条规则。"))
    check(fixed_refusal(found.law))
    form = rule_form(found.row)
    if form.sent_well():

        def act() -> str:
            actions.publish_rule(
                actor(), community().id, key, form.figure, form.day, form.article.data or "", form.reason.data or ""
            )
            return url_for(".rules") + f"#{key}"

        return see_other(hand_in(form, act))
    return page("bylaws/publish_rule.html", form=form, rule=found, status=422 if form.errors else 200)


@pages.get("/workdays")
@access(PUBLIC)
def workdays() -> Response:
    """On which days people rest in the week or work at its end, until the end of next year, and who said so."""
    today, calendar = clock.today(community().zone), queries.workdays(community().id)
    years = [
        (year, calendar.provisional(date(year, 1, 1), date(year, 12, 31)), runs(calendar, first, date(year, 12, 31)))
        for year, first in ((today.year, today), (today.year + 1, date(today.year + 1, 1, 1)))
    ]
    return page(
        "bylaws/workdays.html",
        years=years,
        own=list(reversed(queries.own_days(community().id))),
        today=today,
        form=HouseForm.from_request(),
        publish=SET_WORKDAYS,
    )


@pages.route("/workdays/new", methods=["GET", "POST"])
@access(SET_WORKDAYS)
def publish_days() -> Response:
    """Publish days off or made-up days of the community."""
    form = DaysForm.from_request()

    def act() -> str:
        first, last = form.span
        actions.publish_days(
            actor(),
            community().id,
            first,
            last,
            form.works.data == "yes",
            form.article.data or "",
            form.reason.data or "",
            whole_year=bool(form.whole_year.data),
        )
        return url_for(".workdays")

    return answer_form(form, act, "bylaws/publish_days.html")


@pages.post("/workdays/<int:days_id>/withdraw")
@access(SET_WORKDAYS)
def withdraw_days(days_id: int) -> Response:
    """Withdraw what was published, before it begins."""

    def act() -> str:
        actions.withdraw_days(actor(), community().id, days_id)
        return url_for(".workdays")

    return see_other(hand_in(HouseForm.from_request(), act))
