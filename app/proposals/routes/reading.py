"""The list, one proposal with everything about it, its versions, and the feed."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from app.attachments.queries import attachments, upload_url
from app.core import clock
from app.core.context import actor, community, me
from app.core.feeds import FeedEntry, atom
from app.core.forms import HouseForm, clean
from app.core.house import NOW, Turn, describe, house, whose_turn
from app.core.i18n import _, lang
from app.core.memory import remember
from app.core.pages import access, community_pages, fresh, page
from app.core.permissions import PUBLIC, Permission, may
from app.core.timeline import Step, steps
from app.core.values import Actor, Ref, Refusal
from app.discussion import queries as talks
from app.discussion import rules as talk_rules
from app.discussion.permissions import COMMENT, ENTER_COMMENT
from app.journal.queries import Line
from app.journal.queries import history as journal_history
from app.proposals import queries, rules
from app.proposals.permissions import (
    ADMIT_PROPOSAL,
    ENTER_PROPOSAL,
    PROPOSE,
    RETURN_PROPOSAL,
    SUPPORT_PROPOSAL,
)
from app.proposals.queries import ProposalRow

pages = community_pages("proposals")
VIEWS = (talks.BESIDE, talks.NEWEST, talks.QUESTIONS)
MILESTONES, FEED = 5, 30


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what happened to a matter, in words."""

    at: Any
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """The comments of a page: side by side, or one list, and where it goes on."""

    thread: talks.ThreadRow
    view: str
    pros: list[talks.Remark]
    cons: list[talks.Remark]
    remarks: list[talks.Remark]
    after: str


def account_id() -> int | None:
    """The reader's account."""
    reader = me()
    return reader.account_id if reader else None


def allowed(verb: Permission) -> bool:
    """Whether the reader's roles have a verb here."""
    return may(actor(), verb, community().id)


@pages.get("/proposals")
@access(PUBLIC)
def proposals() -> Response:
    """All proposals by where they stand, the newest first; or those in which some words stand."""
    tab = request.args.get("tab", queries.TALKED)
    tab = tab if tab in queries.TABS else queries.TALKED
    words = clean(request.args.get("q", ""))[:60]
    older: int | None = None
    if words:
        found = queries.find_by_words(community().id, words)
    else:
        before = request.args.get("before", "")
        place = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
        found, older = queries.proposals(community().id, tab, place)
    return fresh(
        page(
            "proposals/proposals.html",
            proposals=found,
            states=rules.STATE_WORDS,
            tab=tab,
            words=words,
            older=older,
            least=queries.least_supporters(community().id),
            days=queries.admission_row(community().id).whole,
            paged=bool(request.args.get("before")),
            may_propose=allowed(PROPOSE),
            may_enter=allowed(ENTER_PROPOSAL),
        )
    )


@pages.get("/proposals/<int:number>")
@access(PUBLIC)
def proposal(number: int) -> Response:
    """One proposal: where it stands, whose turn it is, what everybody says, and what the reader can do."""
    return fresh(show(queries.get_by_number(community().id, number, account_id())))


def show(row: ProposalRow, *, status: int = 200, problem: str = "", **forms: Any) -> Response:
    """The page of a proposal, with the forms that came back."""
    reader, who = me(), actor()
    talk = _talk(row)
    turns, stations = _turns(row, who), _steps(row)
    resolution = describe([row.resolution]).get(row.resolution) if row.resolution else None
    return page(
        "proposals/proposal.html",
        status=status,
        fragments=("_support",),
        proposal=row,
        state=_state(row, stations),
        where=row.state,
        steps=stations,
        turns=turns,
        least=queries.least_supporters(row.community_id),
        lead=row.body.split("\n", 1)[0],
        rest=[part for part in row.body.split("\n")[1:] if part.strip()],
        talk=talk,
        say=HouseForm.from_request() if reader else None,
        label=remember(("label", community().id, reader), lambda: talks.speaker_label(community(), reader)),
        stances=[(key, _(talk_rules.STANCE_WORDS[key])) for key in talk_rules.STANCES],
        parties=[(key, _(words)) for key, words in talk_rules.PARTY_WORDS.items()],
        may_speak=allowed(COMMENT),
        may_enter=allowed(ENTER_COMMENT),
        closed=talk_rules.closed_refusal(talk.thread.closed_at, clock.now()),
        resolution=resolution,
        facts=_who_decides(row, turns),
        told=remember(("milestones", row.matter, lang()), lambda: milestones(row.matter, MILESTONES)),
        files=remember(("files", row.matter, who), lambda: attachments(row.community_id, row.matter, who)),
        attach_url=_attach_url(row, who),
        problem=problem,
        **standing(row, who),
        **forms,
    )


def _state(row: ProposalRow, stations: list[Step]) -> tuple[str, str, str]:
    """Its state in a tag; what is on the agenda says when it is being voted on."""
    voting = any(step.name == "vote" and step.state == NOW for step in stations)
    return rules.VOTED_ON if voting and row.state == rules.ADMITTED else rules.STATE_WORDS[row.state]


def _steps(row: ProposalRow) -> list[Step]:
    """Where the matter stands; before the agenda nobody else can know of it."""
    if row.facts.admitted_at is None:
        return steps(row.matter, (queries.stations,))
    return remember(("steps", row.matter, lang()), lambda: steps(row.matter))


def _turns(row: ProposalRow, who: Actor) -> list[Turn]:
    """Whose turn it is; before the agenda only the neighbours', the desk's, the author's, or that of who owes an answer."""
    if row.facts.admitted_at is None:
        return whose_turn(row.matter, who, (queries.turns, talks.turns))
    return remember(("turns", row.matter, who, lang()), lambda: whose_turn(row.matter, who))


def _attach_url(row: ProposalRow, who: Actor) -> str:
    """Where the author and the desk add materials while the proposal is not over."""
    over = row.facts.withdrawn_at is not None or row.facts.settled_at is not None
    if over or not (row.mine(who.account_id) or allowed(ADMIT_PROPOSAL)):
        return ""
    return upload_url(who, row.community_id, row.matter, row.matter, url_for("proposals.proposal", number=row.number))


def standing(row: ProposalRow, who: Actor) -> dict[str, Any]:
    """What the reader may do with a proposal, and why not where the rules forbid it."""
    where, mine = row.state, row.mine(who.account_id)
    least, rule = queries.supporters(row.community_id)
    refusals: dict[str, Refusal | None] = {
        "support": rules.support_refusal(where, mine),
        "admit": rules.admission_refusal(where, row.supports_now, least, rule),
        "return": rules.return_refusal(where),
        "revise": rules.revision_refusal(where, mine),
        "withdraw": rules.withdrawal_refusal(where, mine),
    }
    return {
        "refusals": refusals,
        "mine": mine,
        "may_support": allowed(SUPPORT_PROPOSAL),
        "may_admit": allowed(ADMIT_PROPOSAL),
        "may_return": allowed(RETURN_PROPOSAL),
        "may_revise": allowed(PROPOSE) and mine,
    }


def _talk(row: ProposalRow) -> Talk:
    thread = row.thread
    view = request.args.get("view", talks.BESIDE)
    view = view if view in VIEWS else talks.BESIDE
    if view == talks.BESIDE:
        pros, cons = talks.beside(thread.id, account_id()) if thread.pros or thread.cons else ([], [])
        return Talk(thread, view, pros, cons, [], "")
    remarks, after = talks.remarks(thread.id, view, account_id())
    return Talk(thread, view, [], [], remarks, after)


def _who_decides(row: ProposalRow, turns: list[Turn]) -> list[tuple[str, str, str]]:
    """Who decides, who is asked before, who owes an answer: name, words, small words."""
    owners = row.owners_matter
    council = (_("四方联席会议"), _("各方到会的过半数同意算一方赞成，四分之三以上的方赞成才通过。待本社区确认"))
    if row.facts.admitted_at is None:
        small = _("属于业主共同决定的大事，四方商量以后由全体业主投票，民法典第二百七十八条")
        return [(_("决定"), _("受理时定：一般由四方联席会议"), small)]
    if owners is None:
        return [(_("决定"), *council)]
    share = _("四分之三") if rules.special_majority(owners) else _("过半数")
    words = _("全体业主投票：三分之二参加，参加的有%(share)s同意，人数和面积都要达到", share=share)
    law = _("%(matter)s，民法典第二百七十八条", matter=_(rules.NINE_MATTERS[owners]))
    return [(_("决定"), words, law), (_("先商量"), council[0], "")]


def milestones(matter: Ref, limit: int) -> list[Told]:
    """What happened to a matter, the newest first, without the many small things; one statement."""
    words, noise = house().event_words, house().noise
    events = [name for name in words if name not in noise]
    lines = journal_history(community().id, matter, limit, events)
    return [Told(line.at, _worded(words[line.event], line)) for line in lines]


def _worded(sentence: str, line: Line) -> str:
    return str(_(sentence) % line.told if "%(" in sentence else _(sentence))


@pages.get("/proposals/<int:number>/history")
@access(PUBLIC)
def proposal_history(number: int) -> Response:
    """Every version with what changed in it, and everything that happened."""
    row = queries.get_by_number(community().id, number, account_id())
    found = queries.versions(row.id)
    changes = []
    for newer, older in zip(found, [*found[1:], None], strict=True):
        title = rules.differences(older.title, newer.title) if older else []
        body = rules.differences(older.body, newer.body) if older else []
        changes.append((newer, older, title, body))
    return fresh(
        page("proposals/proposal_history.html", proposal=row, changes=changes, told=milestones(row.matter, 200))
    )


@pages.get("/proposals/feed.atom")
@access(PUBLIC)
def feed() -> Response:
    """The newest proposals, for feed readers (Atom, RFC 4287)."""
    found, _more = queries.proposals(community().id, queries.ALL, None, FEED)
    entries = [
        FeedEntry(url_for(".proposal", number=one.number), one.title, one.excerpt, one.at, one.label) for one in found
    ]
    title = _("%(name)s的提案", name=community().name)
    return fresh(atom(title, url_for(".proposals"), url_for(".feed"), entries))
