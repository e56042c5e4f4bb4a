"""Co-owners name one of them to vote, online or by a paper at the desk."""

from collections.abc import Callable

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.forms import HouseForm, hand_in
from app.core.handing import answer_form
from app.core.pages import access, see_other
from app.core.words import N_
from app.register import actions, queries
from app.register.forms import MandateForm, VoterForm
from app.register.permissions import ENTER_VOTER, NAME_VOTER
from app.register.queries import Home
from app.register.routes.desk import pages
from app.register.rules.voters import naming_refusal


def _home(code: str) -> Home:
    return queries.get_home(community().id, code, clock.today(community().zone))


def _own(code: str) -> tuple[Home, int]:
    home = _home(code)
    me = next((ref.id for ref in actor().refs("person") if ref.id in home.owner_ids), 0)
    if not me:
        raise NotFound(N_("这一页只有这套房的业主能看。如果弄错了，请联系服务台。"))
    return home, me


@pages.route("/homes/<code>/voter", methods=["GET", "POST"])
@access(NAME_VOTER)
def name_voter(code: str) -> AnyResponse:
    """A co-owner sees whom they have named, agrees, or names somebody."""
    home, me = _own(code)
    form: VoterForm = VoterForm.from_request(person=str(home.naming.named) if home.naming else None)
    form.offer([(owner.person_id, owner.name) for owner in home.owners])
    return _named(form, home, lambda: actions.name_voter(actor(), community().id, code, form.named), ".name_voter", me)


@pages.route("/dwellings/<code>/voter", methods=["GET", "POST"])
@access(ENTER_VOTER)
def enter_voter(code: str) -> AnyResponse:
    """The desk writes down whom the co-owners named on paper."""
    home = _home(code)
    form: MandateForm = MandateForm.from_request(person=str(home.naming.named) if home.naming else None)
    form.offer([(owner.person_id, owner.name) for owner in home.owners])
    return _named(
        form,
        home,
        lambda: actions.enter_voter(actor(), community().id, code, form.named, form.note.data or ""),
        ".enter_voter",
        0,
    )


def _named(form: VoterForm, home: Home, act: Callable[[], object], endpoint: str, me: int) -> AnyResponse:
    here = url_for(endpoint, code=home.code)

    def do() -> str:
        act()
        return here

    return answer_form(
        form,
        do,
        "register/name_voter.html",
        home=home,
        own=me,
        here=here,
        once=HouseForm.from_request(),
        refusal=naming_refusal(home.owner_ids, next(iter(sorted(home.owner_ids)), 0)),
    )


@pages.post("/homes/<code>/voter/end")
@access(NAME_VOTER)
def end_naming(code: str) -> AnyResponse:
    """A co-owner, or the desk, takes the naming back."""
    home = _home(code)

    def act() -> str:
        actions.end_naming(actor(), community().id, code)
        own = any(ref.id in home.owner_ids for ref in actor().refs("person"))
        return url_for(".name_voter" if own else ".enter_voter", code=code)

    return see_other(hand_in(HouseForm.from_request(), act))
