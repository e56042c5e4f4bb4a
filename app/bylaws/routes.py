"""The rules that hold here, and publishing one."""

from itertools import groupby

from flask import url_for
from werkzeug.wrappers import Response

from app.bylaws import actions, queries
from app.bylaws.forms import rule_form
from app.bylaws.permissions import PUBLISH_RULE
from app.core import clock
from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.forms import hand_in
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
    form = rule_form(found.row)
    if form.sent_well():

        def act() -> str:
            actions.publish_rule(
                actor(), community().id, key, form.figure, form.day, form.article.data or "", form.reason.data or ""
            )
            return url_for(".rules") + f"#{key}"

        return see_other(hand_in(form, act))
    return page("bylaws/publish_rule.html", form=form, rule=found, status=422 if form.errors else 200)
