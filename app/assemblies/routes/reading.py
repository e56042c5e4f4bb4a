"""The list of assemblies, one assembly, its notice for the board."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.assemblies import queries, rules
from app.assemblies.permissions import ANSWER_CORRECTION, ASK_FOR_ASSEMBLY, CONVENE_ASSEMBLY
from app.assemblies.queries import AssemblyRow, ItemRow
from app.assemblies.routes.blueprint import pages
from app.core import clock
from app.core.context import actor, community
from app.core.house import whose_turn
from app.core.i18n import _, zone
from app.core.pages import access, page
from app.core.permissions import PUBLIC, may
from app.core.words import N_
from app.voting import queries as voting
from app.voting.queries import PollRow
from app.voting.rules import marks_in_words

ELECTORATES = {rules.OWNERS: N_("业主大会"), rules.RESIDENTS: N_("居民投票")}
_STATES: dict[str, tuple[str, str, str]] = {
    "planned": (N_("还没开始"), "plain", "calendar"),
    "open": (N_("投票中"), "open", "vote"),
    "counting": (N_("计票中"), "wait", "clock"),
    "adopted": (N_("已通过"), "good", "yes"),
    "rejected": (N_("未通过"), "bad", "no"),
    "not-quorate": (N_("参加不够"), "bad", "no"),
    "counted": (N_("已计票"), "plain", "chart"),
    "annulled": (N_("已撤销"), "plain", "off"),
}


def tag_of(poll: PollRow | None) -> tuple[str, str, str]:
    """Where the vote on a matter stands, as a tag: word, kind, sign."""
    where = "planned" if poll is None else "annulled" if poll.annulled_at else poll.outcome or poll.state
    word, kind, sign = _STATES[where]
    return _(word), kind, sign


def about(found: AssemblyRow, items: list[ItemRow]) -> dict[str, Any]:
    """The heading of an assembly, and what is on its notice."""
    first = next((item.poll for item in items if item.poll), None)
    return {
        "assembly": found,
        "items": items,
        "kind": _(ELECTORATES[found.electorate]),
        "first": first,
        "frozen": first is not None and first.frozen_at is not None,
        "tag_of": tag_of,
        "matters": rules.MATTERS,
    }


@pages.get("/assemblies")
@access(PUBLIC)
def assemblies() -> Response:
    """The assemblies of a community, newest first; who asks for one; what is being written."""
    here, before = community().id, request.args.get("before", type=int)
    found = queries.assemblies(here, before, queries.PAGE + 1)
    shown = found[: queries.PAGE]
    convenes = may(actor(), CONVENE_ASSEMBLY, here)
    return page(
        "assemblies/assemblies.html",
        rows=shown,
        items=queries.items_of([row.id for row in shown]),
        kinds=ELECTORATES,
        tag_of=tag_of,
        older=url_for(".assemblies", before=shown[-1].number) if len(found) > queries.PAGE else "",
        newest=url_for(".assemblies") if before is not None else "",
        asked=queries.requests(here) if before is None else [],
        drafts=queries.drafts(here) if convenes and before is None else [],
        convenes=convenes,
        may_ask=may(actor(), ASK_FOR_ASSEMBLY, here),
    )


@pages.get("/assemblies/<int:number>")
@access(PUBLIC)
def assembly(number: int) -> Response:
    """One assembly: what is decided, when, by whom, with which notice, and what was said against roll and vote."""
    here = community().id
    found = queries.get_assembly(here, number)
    items = queries.items_of([found.id])[found.id]
    said = queries.objections(found.id)
    corrections = queries.corrections(found.id)
    known = about(found, items)
    waits = queries.unanswered(here, number, said, actor()) if known["frozen"] else []
    return page(
        "assemblies/assembly.html",
        **known,
        marks={item.id: marks_in_words(item.poll.terms) for item in items if item.poll},
        turns=waits + whose_turn(found.ref, actor(), (voting.turns,)),
        span=_days(found),
        raised=len(said),
        unanswered=sum(one.upheld is None for one in said),
        asked=len(corrections),
        desk=may(actor(), ANSWER_CORRECTION, here),
        convenes=may(actor(), CONVENE_ASSEMBLY, here),
        again=any(item.poll and item.poll.annulled_at for item in items),
    )


def _days(found: AssemblyRow) -> tuple[int, int] | None:
    """How many days the vote is open, and which of them today is."""
    if found.opens_at is None or found.closes_at is None:
        return None
    first, last = (at.astimezone(zone()).date() for at in (found.opens_at, found.closes_at))
    total = (last - first).days + 1
    past = (clock.today(zone().key) - first).days + 1
    return (total, min(max(past, 0), total)) if 2 <= total <= 62 else None


@pages.get("/assemblies/<int:number>/notice")
@access(PUBLIC)
def notice(number: int) -> Response:
    """The notice as it is posted, made for paper."""
    found = queries.get_assembly(community().id, number)
    return page("assemblies/notice.html", **about(found, queries.items_of([found.id])[found.id]))
