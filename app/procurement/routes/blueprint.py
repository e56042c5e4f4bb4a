"""The pages of buying, and what each of them shares."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.wrappers import Response

from app.core.context import actor, community
from app.core.errors import NotFound, Refused
from app.core.forms import HouseForm, attempt
from app.core.handing import answer_form
from app.core.i18n import cited
from app.core.pages import community_pages, see_other
from app.core.permissions import may
from app.core.values import Refusal
from app.core.words import N_
from app.organisations.queries import organisations
from app.procurement import queries
from app.procurement.models import DRAFT, Tender
from app.procurement.permissions import DRAFT_TENDER

pages = community_pages("procurement")


def zone() -> ZoneInfo:
    """The community's wall clock."""
    return ZoneInfo(community().zone)


def tender_of(number: int) -> Tender:
    """A tender of this community; drafts only for those who write them. Raises NotFound."""
    row = queries.get_tender(community().id, number)
    if row.stage == DRAFT and not may(actor(), DRAFT_TENDER, row.community_id):
        raise NotFound(N_("没有这项采购。"))
    return row


def bid_of(row: Tender, position: int) -> queries.Opened:
    """An opened bid by its place in the opening record. Raises NotFound."""
    found = next((bid for bid in queries.opened_bids(row.id) if bid.position == position), None)
    if found is None:
        raise NotFound(N_("没有这份标书。"))
    return found


def own_organisations() -> list[tuple[int, str]]:
    """The organisations for which the reader speaks: number and name."""
    refs = actor().refs("organisation")
    known = organisations(ref.id for ref in refs)
    return [(ref.id, known[ref.id].name) for ref in refs if ref.id in known]


def answer(
    form: HouseForm, act: Callable[[], str], template: str, late: Refusal | None = None, /, **values: Any
) -> Response:
    """Whoever hands in a form of buying is led on, or reads beside it what the rules refuse, with the article."""
    return answer_form(form, act, template, late, beside=Refused, words=cited, **values)


def hand(form: HouseForm, act: Callable[[], str]) -> tuple[Response | None, str]:
    """Hand in a form once; a refusal comes back as its sentence, so that the page keeps what was typed."""
    where, problem = attempt(form, act)
    if problem is None:
        return see_other(where), ""
    if not isinstance(problem, Refused):
        raise problem
    return None, cited(problem.refusal)
