"""The ballot in two steps, and the receipt."""

from collections.abc import Sequence

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.forms import hand_in
from app.core.limits import spend
from app.core.pages import access, page, see_other
from app.core.words import N_
from app.voting import actions, queries
from app.voting.forms import ballot_form, words
from app.voting.permissions import CAST_BALLOT
from app.voting.routes.blueprint import pages
from app.voting.routes.view import Mine, about_poll, lines_for, stranger

RATE = "300/hour"


@pages.route("/polls/<int:number>/ballot", methods=["GET", "POST"])
@access(CAST_BALLOT)
def cast_ballot(number: int) -> Response:
    """Mark a ballot, look at it once more, cast it."""
    found = queries.get_by_number(community().id, number)
    mine = lines_for(found, queries.lines_of(found, actor().acts_as))
    form = ballot_form(found.terms, request.args.get("key", ""))
    chosen = _line(mine, form.key.data or "")
    step = request.form.get("step", "")
    well = form.sent_well()
    if well and chosen is not None and step == "cast":
        spend("ballot", str(actor().account_id), RATE)
        key, choice = chosen.own.line.entry.key, tuple(form.chosen)

        def act() -> str:
            receipt = actions.cast_ballot(actor(), found.id, key, choice)
            return url_for(".receipt", number=number, code=receipt.code)

        return see_other(hand_in(form, act))
    if chosen is not None:
        form.key.data = chosen.own.line.entry.key
    picked = [option for option in found.terms.options if option.key in form.chosen]
    return page(
        "voting/cast_ballot.html",
        status=422 if form.errors else 200,
        **about_poll(found),
        form=form,
        chosen=chosen,
        mine=mine,
        why=chosen.refusal if chosen else stranger(found),
        reviewing=well and step != "change" and picked,
        picked=[words(option.key, option.label) for option in picked],
    )


def _line(mine: Sequence[Mine], key: str) -> Mine | None:
    """The line asked for, else the first that has no ballot yet, else the first."""
    asked = [one for one in mine if one.own.line.entry.key == key]
    waiting = [one for one in mine if one.refusal is None and one.own.cast is None]
    return next(iter([*asked, *waiting, *mine]), None)


@pages.get("/polls/<int:number>/receipts/<code>")
@access(CAST_BALLOT)
def receipt(number: int, code: str) -> Response:
    """What a voter takes home."""
    found = queries.get_by_number(community().id, number)
    mine = lines_for(found, queries.lines_of(found, actor().acts_as))
    one = next((one for one in mine if one.own.cast and one.own.cast.code == code), None)
    if one is None:
        raise NotFound(N_("您名下没有这张回执。也可以凭回执码在公开账本上查。"))
    left = [other for other in mine if other.refusal is None and other.own.cast is None]
    return page("voting/receipt.html", **about_poll(found), one=one, left=left)
