"""Pages of polls: the list, one poll, the ballot in two steps, the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.forms import HouseForm, hand_in
from app.core.house import describe
from app.core.i18n import _, zone
from app.core.limits import spend
from app.core.pages import access, community_pages, page, see_other
from app.core.permissions import PUBLIC, may
from app.core.values import Refusal
from app.core.words import N_
from app.voting import actions, queries
from app.voting.forms import ballot_form, words
from app.voting.permissions import CAST_BALLOT, CLOSE_POLL
from app.voting.queries import OwnLine, PollRow
from app.voting.rules import (
    ADOPTED,
    COUNTED,
    COUNTING,
    DECLARED,
    NOT_QUORATE,
    OPEN,
    OUTCOME_WORDS,
    PARTY_WORDS,
    PLANNED,
    REJECTED,
    ballot_refusal,
    choices_refusal,
    close_refusal,
    first_missing,
    roll_refusal,
)
from app.voting.rules.terms import BY_THE_CHAIR, COUNCIL, ONLINE, OWNERS, PAPER, RESIDENTS

pages = community_pages("voting")
RATE = "300/hour"
ROLL_PAGE = 100
LONGEST_DRAWN = 62
KINDS = {COUNCIL: N_("四方委员表决"), OWNERS: N_("全体业主投票"), RESIDENTS: N_("居民投票")}
CHANNEL_WORDS = {ONLINE: N_("网上"), PAPER: N_("纸质")}
Tag = tuple[str, str, str]
_STATES: dict[str, Tag] = {
    PLANNED: (N_("还没开始"), "plain", "calendar"),
    OPEN: (N_("投票中"), "open", "vote"),
    COUNTING: (N_("计票中"), "wait", "clock"),
    ADOPTED: (N_("已通过"), "good", "yes"),
    REJECTED: (N_("未通过"), "bad", "no"),
    NOT_QUORATE: (N_("参加不够"), "bad", "no"),
    COUNTED: (N_("已计票"), "plain", "chart"),
}


def tag_of(poll: PollRow) -> Tag:
    """The state of a poll as a tag: word, kind, sign."""
    word, kind, sign = _STATES[poll.outcome or poll.state]
    return _(word), kind, sign


@dataclass(frozen=True, slots=True)
class Mine:
    """One line that the reader may cast: what its ballot is called, its receipt, and why it cannot be cast now."""

    own: OwnLine
    refusal: Refusal | None

    @property
    def known(self) -> list[tuple[str, Any]]:
        """How the ballot was received."""
        assert self.own.cast is not None, "only a cast ballot has a receipt"
        return [(_("方式"), _(CHANNEL_WORDS.get(self.own.cast.channel, self.own.cast.channel)))]


def _mine(poll: PollRow, lines: Sequence[OwnLine]) -> list[Mine]:
    now, acts_as = clock.now(), actor().acts_as
    return [
        Mine(
            own,
            ballot_refusal(
                poll.terms,
                own.line.entry,
                acts_as,
                now,
                voted=own.cast is not None,
                declared=poll.declared_at is not None,
            ),
        )
        for own in lines
    ]


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
    mine = _mine(found, shown.mine)
    todo = next((one for one in mine if one.refusal is None and one.own.cast is None), None)
    return page(
        "voting/poll.html",
        fragments=("_standing",),
        **_about(found),
        view=shown,
        mine=mine,
        todo=todo,
        form=ballot_form(found.terms, todo.own.line.entry.key) if todo else None,
        stranger=ballot_refusal(found.terms, None, (), clock.now()) if not mine and found.state == OPEN else None,
        closing=_may_close(found),
        span=_days(found),
        once=HouseForm.from_request(),
        party_words=PARTY_WORDS,
        missing=first_missing(shown.explained) if found.outcome else None,
        outcome_word=_(OUTCOME_WORDS[found.outcome]) if found.outcome else "",
        words=words,
    )


def _about(found: PollRow) -> dict[str, Any]:
    link = describe([found.matter]).get(found.matter)
    return {
        "poll": found,
        "terms": found.terms,
        "matter": link,
        "title": link.title if link else found.question,
        "tag": tag_of(found),
        "kind": _(KINDS[found.terms.kind]),
    }


def _days(found: PollRow) -> tuple[int, int] | None:
    """How many days a vote is open, and which of them today is (0 before it begins); None where the chair closes it."""
    first, last = (at.astimezone(zone()).date() for at in (found.opens_at, found.closes_at))
    total, past = (last - first).days + 1, (clock.today(zone().key) - first).days + 1
    if found.terms.closing == BY_THE_CHAIR or not 2 <= total <= LONGEST_DRAWN:
        return None
    return total, min(max(past, 0), total)


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
    elector = bool(queries.lines_of(found, actor().acts_as))
    after = request.args.get("after", "")[:120]
    lines = [] if refusal else queries.roll_page(found, after, elector=elector, limit=ROLL_PAGE + 1)
    more = url_for(".roll", number=number, after=lines[ROLL_PAGE - 1].entry.key) if len(lines) > ROLL_PAGE else ""
    return page(
        "voting/roll.html",
        **_about(found),
        lines=lines[:ROLL_PAGE],
        refusal=refusal,
        unseen=choices_refusal(found.terms, declared, elector),
        more=more,
        first=url_for(".roll", number=number) if after else "",
    )


@pages.route("/polls/<int:number>/ballot", methods=["GET", "POST"])
@access(CAST_BALLOT)
def cast_ballot(number: int) -> Response:
    """Mark a ballot, look at it once more, cast it."""
    found = queries.get_by_number(community().id, number)
    mine = _mine(found, queries.lines_of(found, actor().acts_as))
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
        **_about(found),
        form=form,
        chosen=chosen,
        mine=mine,
        why=chosen.refusal if chosen else ballot_refusal(found.terms, None, (), clock.now()),
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
    mine = _mine(found, queries.lines_of(found, actor().acts_as))
    one = next((one for one in mine if one.own.cast and one.own.cast.code == code), None)
    if one is None:
        raise NotFound(N_("您名下没有这张回执。也可以凭回执码在公开账本上查。"))
    left = [other for other in mine if other.refusal is None and other.own.cast is None]
    return page("voting/receipt.html", **_about(found), one=one, left=left)


@pages.post("/polls/<int:number>/close")
@access(CLOSE_POLL)
def close_poll(number: int) -> Response:
    """The chair closes a vote of the meeting."""
    found = queries.get_by_number(community().id, number)

    def act() -> str:
        actions.close_poll(actor(), found.id)
        return url_for(".poll", number=number)

    return see_other(hand_in(HouseForm.from_request(), act))
