"""Voting with the code of a ballot paper: no account, no name; the sheet itself says which ballots may be cast."""

import json
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from flask import request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from app.core import clock
from app.core.context import community
from app.core.forms import HouseForm, status_of
from app.core.i18n import _l, said
from app.core.limits import look, spend
from app.core.pages import access, page, see_other
from app.core.permissions import OWNER
from app.core.secrets import decrypt, encrypt
from app.core.security import cookie_name, set_cookie
from app.core.values import Actor, Grant
from app.voting import queries
from app.voting.permissions import USE_PAPER_CODE
from app.voting.queries import PollRow
from app.voting.queries.papers import PaperRow, find_paper, find_paper_by_id
from app.voting.routes.blueprint import pages
from app.voting.routes.casting import Caster, cast, take_home
from app.voting.routes.view import about_poll
from app.voting.rules import annulled_refusal, window_refusal
from app.voting.rules.papers import code_refusal

COOKIE, PURPOSE = "sf_paper", "ballot-paper-cookie"
GUESSES = "20/hour"
KEEP = timedelta(minutes=30)


class CodeForm(HouseForm):
    """The code of a ballot paper."""

    code = StringField(
        _l("选票码"),
        [InputRequired(_l("请照着选票纸输入选票码"))],
        description=_l("印在选票纸上，一组四个，共三组；大小写和横线都不用管。"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-from-hash": ""},
    )


@pages.route("/polls/<int:number>/code", methods=["GET", "POST"])
@access(USE_PAPER_CODE)
def paper_code(number: int) -> Response:
    """Type the code of a ballot paper, or come here by scanning it."""
    found = queries.get_by_number(community().id, number)
    form = CodeForm.from_request()
    late = annulled_refusal(found.annulled_at is not None) or window_refusal(
        found.terms, clock.now(), declared=found.declared_at is not None, frozen=found.frozen_at is not None
    )
    if form.sent_well() and late is None:
        paper = _known(found, form)
        if paper is not None:
            response = see_other(url_for(".paper_ballot", number=number))
            until = (clock.now() + KEEP).isoformat()
            sealed = encrypt(json.dumps([found.id, paper.id, until]), PURPOSE)
            set_cookie(response, cookie_name(COOKIE), sealed, max_age=int(KEEP.total_seconds()))  # type: ignore[arg-type]  # flask's own Response
            return response
    return page(
        "voting/paper_code.html",
        status=status_of(form, late if request.method == "POST" else None),
        **about_poll(found),
        form=form,
        late=late,
        ended="ended" in request.args,
    )


def _known(found: PollRow, form: CodeForm) -> PaperRow | None:
    """The sheet of the code; guessing many is stopped, a stall where many vote is not."""
    who = request.remote_addr or ""
    look("paper-code", who, GUESSES)
    paper = find_paper(found.id, form.code.data or "")
    refusal = code_refusal(paper is not None, paper is not None and paper.void)
    if refusal is None:
        return paper
    spend("paper-code", who, GUESSES)
    form.code.errors = [said(refusal)]
    return None


def _caster(found: PollRow) -> Caster | None:
    """Whoever typed a valid code in this browser within half an hour."""
    try:
        poll_id, paper_id, until = json.loads(decrypt(request.cookies.get(cookie_name(COOKIE), ""), PURPOSE))
    except (InvalidTag, ValueError):
        return None
    if poll_id != found.id or until < clock.now().isoformat():
        return None
    paper = find_paper_by_id(found.id, paper_id)
    if paper is None or paper.void:
        return None
    # Whoever holds the sheet has an owner's verb in this community, and speaks for the sheet alone.
    actor = Actor(None, frozenset({Grant(found.community_id, OWNER)}), frozenset({paper.holder}))
    ballot = url_for("voting.paper_ballot", number=found.number)
    return Caster(actor, f"paper-{paper.id}", ballot, "voting.paper_receipt", by_paper=True)


@pages.route("/polls/<int:number>/code/ballot", methods=["GET", "POST"])
@access(USE_PAPER_CODE)
def paper_ballot(number: int) -> Response:
    """The ballots of the sheet whose code was typed."""
    found = queries.get_by_number(community().id, number)
    caster = _caster(found)
    if caster is None:
        ended = 1 if request.method == "POST" else None
        return see_other(url_for(".paper_code", number=number, ended=ended))
    return cast(found, caster)


@pages.get("/polls/<int:number>/code/receipts/<code>")
@access(USE_PAPER_CODE)
def paper_receipt(number: int, code: str) -> Response:
    """What is taken home by who voted with a code."""
    found = queries.get_by_number(community().id, number)
    caster = _caster(found)
    if caster is None:
        return see_other(url_for("journal.receipt", code=code))
    return take_home(found, code, caster, leave=HouseForm.from_request())


@pages.post("/polls/<int:number>/code/leave")
@access(USE_PAPER_CODE)
def leave_paper(number: int) -> Response:
    """Done: the next person at this screen starts with their own code."""
    response = see_other(url_for(".poll", number=number))
    response.delete_cookie(cookie_name(COOKIE), path="/")
    return response
