"""The desk's list, codes for owners and residents, and one's own entry."""

from cryptography.exceptions import InvalidTag
from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.context import actor, community, me
from app.core.errors import NotFound
from app.core.forms import hand_in
from app.core.pages import access, community_pages, page, see_other
from app.core.permissions import SIGNED_IN
from app.core.secrets import decrypt, encrypt
from app.core.words import N_
from app.register import actions, queries
from app.register.forms import ConfirmForm
from app.register.permissions import ENTER_VOTER, IMPORT_REGISTER, INVITE_PERSON, READ_REGISTER
from app.register.rules import BASES, RELATIONS, USES, place_words

pages = community_pages("register")
CODE = "invitation-code"


@pages.get("/dwellings")
@access(READ_REGISTER)
def dwellings() -> Response:
    """The register by building, with what it adds up to."""
    here = community().id
    return page(
        "register/dwellings.html",
        buildings=queries.buildings(here),
        last=queries.last_import(here),
        may_import=IMPORT_REGISTER,
    )


@pages.get("/dwellings/buildings/<building>")
@access(READ_REGISTER)
def building(building: str) -> Response:
    """The dwellings of one building."""
    found = queries.dwellings_of(community().id, building)
    return page("register/building.html", building=building, dwellings=found, uses=USES)


@pages.get("/dwellings/<code>")
@access(READ_REGISTER)
def dwelling(code: str) -> Response:
    """One dwelling: who owns it and who lives in it, now and before."""
    found = queries.get_dwelling(community().id, code)
    return page(
        "register/dwelling.html",
        dwelling=found,
        place=place_words(found.building, found.unit, found.room),
        uses=USES,
        bases=BASES,
        relations=RELATIONS,
        may_invite=INVITE_PERSON,
        may_enter_voter=ENTER_VOTER,
        co_owned=sum(owner.to_day is None for owner in found.owners) > 1,
        form=ConfirmForm.from_request(),
    )


@pages.post("/dwellings/<code>/people/<int:person_id>/invite")
@access(INVITE_PERSON)
def invite_person(code: str, person_id: int) -> AnyResponse:
    """A code for somebody of the register, to be handed over on paper."""
    queries.get_dwelling(community().id, code)
    form = ConfirmForm.from_request()

    def act() -> str:
        invitation = actions.invite_person(actor(), community().id, person_id)
        return url_for(".invited_person", code=code, person_id=person_id, sealed=encrypt(invitation, CODE))

    return see_other(hand_in(form, act))


@pages.get("/dwellings/<code>/people/<int:person_id>/invited")
@access(INVITE_PERSON)
def invited_person(code: str, person_id: int) -> Response:
    """The letter with the code; the code itself is stored nowhere."""
    person = queries.get_person(community().id, person_id)
    shown = queries.shown_name(person.name, person.organisation)
    invitation = _opened(request.args.get("sealed", ""))
    return page("register/invited_person.html", code=code, name=shown, invitation=invitation)


@pages.get("/my-entry")
@access(SIGNED_IN)
def my_entry() -> Response:
    """What the register says about me."""
    reader = me()
    entries = queries.own_entries(community().id, reader.account_id) if reader else []
    return page("register/my_entry.html", entries=entries, relations=RELATIONS, read_register=READ_REGISTER)


def _opened(sealed: str) -> str:
    try:
        return decrypt(sealed, CODE)
    except (InvalidTag, ValueError):
        raise NotFound(N_("这一页的网址不完整。请回到那一户，再发一次邀请码。")) from None
