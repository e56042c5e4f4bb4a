"""Pages of polls: the list, one poll, its roll."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community
from app.core.forms import HouseForm, hand_in
from app.core.house import describe
from app.core.i18n import _, zone
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC, may
from app.voting import actions, queries
from app.voting.forms import ballot_form, words
from app.voting.permissions import ANNUL_POLL, CLOSE_POLL, EXPORT_VOTES, PRINT_PAPERS, SEE_DESK
from app.voting.queries import PollRow
from app.voting.routes.blueprint import pages
from app.voting.routes.casting import signed_in
from app.voting.routes.desk import blocking
from app.voting.routes.method import method_shown
from app.voting.routes.view import CHANNEL_WORDS, KINDS, about_poll, court_until, lines_for, stranger, tag_of
from app.voting.rules import (
    COUNTING,
    DECLARED,
    DESK_CHANNELS,
    OPEN,
    OUTCOME_WORDS,
    PARTY_WORDS,
    choices_refusal,
    close_refusal,
    first_missing,
    marks_in_words,
    roll_refusal,
)
from app.voting.rules.terms import BY_THE_CHAIR, OWNERS, SEATS

ROLL_PAGE = 100
LONGEST_DRAWN = 62


@pages.get("/polls")
@access(PUBLIC)
def polls() -> Response:
    """The votes of a community, newest first."""
    before = request.args.get("before", type=int)
    found = queries.polls(community().id, before, queries.PAGE + 1)
    matters = describe({poll.matter for poll in found[: queries.PAGE]})
    rows = [
        {
            "title": matters[poll.matter].title if poll.matter in matters else poll.question,
            "url": url_for(".poll", number=poll.number),
            "tag": tag_of(poll),
            "kind": _(KINDS[poll.terms.kind]),
            "poll": poll,
        }
        for poll in found[: queries.PAGE]
    ]
    older = url_for(".polls", before=found[queries.PAGE - 1].number) if len(found) > queries.PAGE else ""
    newest = url_for(".polls") if before is not None else ""
    return page("voting/polls.html", rows=rows, older=older, newest=newest)


@pages.get("/polls/<int:number>")
@access(PUBLIC)
def poll(number: int) -> Response:
    """One vote: the question, the reader's ballots, who takes part, and once it may be seen what came of it."""
    found = queries.get_by_number(community().id, number)
    shown = queries.view(found, actor().acts_as)
    mine = lines_for(found, shown.mine)
    annulment = queries.get_annulment(found.id) if found.annulled_at else None
    todo = next((one for one in mine if one.refusal is None and one.own.cast is None), None)
    return page(
        "voting/poll.html",
        fragments=("_standing",),
        **about_poll(found),
        **_at_the_desk(found, [one.own.line.id for one in mine if one.own.mandate_id is None]),
        view=shown,
        shown=method_shown(found.terms, shown),
        mine=mine,
        caster=signed_in(found),
        todo=todo,
        form=ballot_form(found.terms, todo.own.line.entry.key) if todo else None,
        stranger=stranger(found) if not mine and not shown.told and found.state == OPEN else None,
        marks=marks_in_words(found.terms),
        closing=_may_close(found),
        may_export=found.terms.kind == OWNERS and may(actor(), EXPORT_VOTES, found.community_id),
        annulment=annulment,
        until=court_until(found),
        before=queries.number_of(found.succeeds) if found.succeeds else None,
        tools=_tools(found),
        span=_days(found),
        once=HouseForm.from_request(),
        party_words=PARTY_WORDS,
        missing=first_missing(shown.explained) if found.outcome else None,
        outcome_word=_(OUTCOME_WORDS[found.outcome]) if found.outcome else "",
        words=words,
    )


def _at_the_desk(found: PollRow, own: list[int]) -> dict[str, Any]:
    """What still waits at the desk, what an outcome waits for, and all that came in for the reader's own lines."""
    ways = any(channel in found.terms.channels for channel in DESK_CHANNELS)
    many = queries.counts(found.id) if ways else None
    unread, disputed = (many.unread, many.disputed) if many and found.state in (OPEN, COUNTING) else (0, 0)
    return {
        "waiting": unread + disputed,
        "refused": many.refused if many and found.frozen_at is not None else {},
        "made_void": many.void if many and found.frozen_at is not None else 0,
        "blocked": blocking(found, unread, disputed),
        "came": queries.received_for(own) if ways else {},
        "given": queries.mandates_for(own) if ways and found.terms.proxy_limit != 0 else {},
        "channel_words": CHANNEL_WORDS,
        "desk": ways and may(actor(), SEE_DESK, found.community_id),
    }


def _days(found: PollRow) -> tuple[int, int] | None:
    """How many days a vote is open, and which of them today is (0 before it begins); None where the chair closes it."""
    first, last = (at.astimezone(zone()).date() for at in (found.opens_at, found.closes_at))
    total, past = (last - first).days + 1, (clock.today(zone().key) - first).days + 1
    if found.terms.closing == BY_THE_CHAIR or not 2 <= total <= LONGEST_DRAWN:
        return None
    return total, min(max(past, 0), total)


def _tools(found: PollRow) -> list[tuple[str, str]]:
    """What staff can do around a vote of owners or residents: words and address."""
    if found.terms.electorate == SEATS or found.annulled_at is not None:
        return []
    wanted = (
        (PRINT_PAPERS, _("选票纸"), "voting.ballot_papers", found.declared_at is None),
        (ANNUL_POLL, _("撤销投票"), "voting.annul_poll", True),
    )
    return [
        (word, url_for(endpoint, number=found.number))
        for verb, word, endpoint, now in wanted
        if now and may(actor(), verb, found.community_id)
    ]


def _may_close(found: PollRow) -> bool:
    if not may(actor(), CLOSE_POLL, found.community_id):
        return False
    return close_refusal(found.terms, clock.now(), closed=found.closed_at is not None) is None


@pages.get("/polls/<int:number>/roll")
@access(PUBLIC)
def roll(number: int) -> Response:
    """Who was entitled and who took part, once that is public; how they chose only for whom the terms name."""
    found = queries.get_by_number(community().id, number)
    declared = found.state == DECLARED
    refusal = roll_refusal(found.terms, declared)
    elector = queries.stands_on(found, actor().acts_as)
    after = request.args.get("after", "")[:120]
    lines = [] if refusal else queries.roll_page(found, after, elector=elector, limit=ROLL_PAGE + 1)
    more = url_for(".roll", number=number, after=lines[ROLL_PAGE - 1].entry.key) if len(lines) > ROLL_PAGE else ""
    return page(
        "voting/roll.html",
        **about_poll(found),
        lines=lines[:ROLL_PAGE],
        refusal=refusal,
        unseen=choices_refusal(found.terms, declared, elector),
        more=more,
        first=url_for(".roll", number=number) if after else "",
    )


@pages.post("/polls/<int:number>/close")
@access(CLOSE_POLL)
def close_poll(number: int) -> Response:
    """The chair closes a vote of the meeting."""
    found = queries.get_by_number(community().id, number)

    def act() -> str:
        actions.close_poll(actor(), found.id)
        return url_for(".poll", number=number)

    return see_other(hand_in(HouseForm.from_request(), act))
