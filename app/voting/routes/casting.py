"""The ballot in two steps, and the receipt: for whoever signed in, and for whoever holds a ballot paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.forms import deliver, status_of
from app.core.limits import spend
from app.core.pages import access, page, see_other
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.voting import actions, queries
from app.voting.forms import ballot_form
from app.voting.permissions import CAST_BALLOT
from app.voting.queries import PollRow
from app.voting.routes.blueprint import pages
from app.voting.routes.view import Mine, about_poll, lines_for, stranger, wish

RATE = "300/hour"


@dataclass(frozen=True, slots=True)
class Caster:
    """Who casts, by which name tries are counted, where the ballot stands and where its receipt is shown."""

    actor: Actor
    name: str
    ballot_url: str
    receipt: str
    by_paper: bool = False

    def ballot_of(self, key: str) -> str:
        """Where the ballot of one line stands."""
        return f"{self.ballot_url}?{urlencode({'key': key})}"


def signed_in(found: PollRow) -> Caster:
    """The reader casts with an account."""
    who = actor()
    return Caster(who, str(who.account_id), url_for("voting.cast_ballot", number=found.number), "voting.receipt")


@pages.route("/polls/<int:number>/ballot", methods=["GET", "POST"])
@access(CAST_BALLOT)
def cast_ballot(number: int) -> Response:
    """Mark a ballot, look at it once more, cast it."""
    found = queries.get_by_number(community().id, number)
    return cast(found, signed_in(found))


def cast(found: PollRow, caster: Caster) -> Response:
    """The two steps of a ballot for one who may cast it."""
    form = ballot_form(found.terms, request.args.get("key", ""))
    step = request.form.get("step", "")
    well = form.sent_well()
    problem: Refusal | None = None
    if well and form.key.data and step == "cast":
        spend("ballot", caster.name, RATE)
        key, choice = form.key.data, form.chosen

        def act() -> str:
            receipt = actions.cast_ballot(caster.actor, found.id, key, choice)
            return url_for(caster.receipt, number=found.number, code=receipt.code)

        where, problem = deliver(form, act)
        if where:
            return see_other(where)
    mine = lines_for(found, queries.lines_of(found, caster.actor.acts_as), caster.actor)
    chosen = _line(mine, form.key.data or "")
    if chosen is not None:
        form.key.data = chosen.own.line.entry.key
    why = chosen.refusal if chosen else stranger(found)
    return page(
        "voting/cast_ballot.html",
        status=status_of(form, problem or (why if request.method == "POST" else None)),
        **about_poll(found),
        form=form,
        chosen=chosen,
        mine=mine,
        why=why and (problem or why),
        problem=problem,
        told=form.told if request.method == "POST" and form.chosen else [],
        caster=caster,
        reviewing=well and problem is None and step != "change",
        wish=wish(found.terms, form.chosen),
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
    return take_home(found, code, signed_in(found))


def take_home(found: PollRow, code: str, caster: Caster, **values: Any) -> Response:
    """The receipt of a ballot of one who may cast it. Raises NotFound."""
    mine = lines_for(found, queries.lines_of(found, caster.actor.acts_as), caster.actor)
    one = next((one for one in mine if one.own.cast and one.own.cast.code == code), None)
    if one is None:
        raise NotFound(N_("您名下没有这张回执。也可以凭回执码在公开账本上查。"))
    left = [other for other in mine if other.refusal is None and other.own.cast is None]
    return page("voting/receipt.html", **about_poll(found), one=one, left=left, caster=caster, **values)
