"""Rows of what is proposed, talked about, voted on and resolved; read in portions, a few statements each."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from app.assemblies import queries as assembled
from app.core.context import CommunityValue
from app.core.values import Fen
from app.council import queries as council
from app.discussion.queries import totals
from app.opendata.queries.processes import site
from app.proposals.queries import ProposalRow, in_full
from app.publication import queries as publication
from app.publication.rules import lines_missing
from app.voting import queries as voting
from app.voting.queries import PollRow
from app.voting.rules import DECLARED, Outcome, outcome_from_json

T = TypeVar("T")
Row = tuple[Any, ...]
PORTION = 200


def paged(read: Callable[[int | None, int], Sequence[T]], key: Callable[[T], int]) -> Iterator[Sequence[T]]:
    """Everything of a list that is read page by page: `read` goes on behind a key, `key` is that of its last line."""
    behind: int | None = None
    while portion := read(behind, PORTION):
        yield portion
        if len(portion) < PORTION:
            return
        behind = key(portion[-1])


def page_of(here: CommunityValue, path: str) -> str:
    """The full address of a page of the community."""
    return f"{site()}/c/{here.slug}/{path}"


def fen(amount: int | None) -> Fen | None:
    """An amount for a table."""
    return None if amount is None else Fen(amount)


def _proposals(here: CommunityValue) -> Iterator[Sequence[ProposalRow]]:
    return paged(lambda after, limit: in_full(here.id, after or 0, limit), lambda row: row.number)


def proposals(here: CommunityValue) -> Iterator[Row]:
    """Every proposal in its newest version, without its author."""
    for portion in _proposals(here):
        for row in portion:
            facts = row.facts
            yield (
                row.number, row.title, row.body, row.state, fen(row.budget), row.version, row.supports, row.supports_now,
                row.owners_matter or None, row.submitted_at, row.revised_at, facts.reached_at, facts.returned_at,
                facts.admitted_at, facts.settled_at, facts.withdrawn_at, page_of(here, f"proposals/{row.number}"),
            )  # fmt: skip


def comments(here: CommunityValue) -> Iterator[Row]:
    """How many said what about each proposal; nothing of what, or who."""
    for portion in _proposals(here):
        threads = totals("proposal", [row.id for row in portion])
        for row in portion:
            thread = threads.get(row.id)
            if thread is not None:
                page = page_of(here, f"proposals/{row.number}")
                yield (row.number, thread.pros, thread.cons, thread.others, thread.closed_at, page)


def _polls(here: CommunityValue) -> Iterator[tuple[PollRow, Outcome | None]]:
    """Every poll, with its outcome once that is declared: of a running vote nobody learns how it stands."""
    for portion in paged(lambda before, limit: voting.polls(here.id, before, limit), lambda row: row.number):
        answers = voting.answers([poll.id for poll in portion if poll.state == DECLARED])
        for poll in portion:
            answer = answers.get(poll.id)
            yield poll, None if answer is None else outcome_from_json(json.loads(answer))


def polls(here: CommunityValue) -> Iterator[Row]:
    """Every poll, with how many took part and agreed once its outcome is declared."""
    refused = voting.refused_totals(here.id)
    for poll, outcome in _polls(here):
        heads = outcome.strict.heads if outcome else None
        area = outcome.strict.area if outcome else None
        yield (
            poll.number, poll.question, str(poll.matter), poll.terms.electorate, poll.state, poll.opens_at, poll.closes_at,
            poll.declared_at, outcome.strict.outcome if outcome else None, poll.lines, poll.heads,
            heads and heads.participating, heads and heads.agreeing, poll.area or None,
            area and area.participating, area and area.agreeing, refused.get(poll.id, 0), poll.terms.advisory, poll.roll_sha256,
            page_of(here, f"polls/{poll.number}"),
        )  # fmt: skip


def assemblies(here: CommunityValue) -> Iterator[Row]:
    """Every matter on every notice, with its dates, and its numbers and outcome once that is declared."""
    for portion in paged(lambda before, limit: assembled.assemblies(here.id, before, limit), lambda row: row.number):
        items = assembled.items_of([row.id for row in portion])
        polls_of = [item.poll for row in portion for item in items[row.id] if item.poll]
        answers = voting.answers([poll.id for poll in polls_of if poll.state == DECLARED])
        for row in portion:
            for item in items[row.id]:
                poll = item.poll
                answer = answers.get(poll.id) if poll else None
                yield (
                    row.number, item.place, row.electorate, row.title, item.title, item.question, item.matter or None,
                    str(item.origin) if item.origin else None, row.extraordinary, row.created_at, row.opens_at,
                    row.closes_at, poll and poll.number, poll and poll.state, *_numbers(poll, answer),
                    poll and poll.annulled_at, page_of(here, f"assemblies/{row.number}"),
                )  # fmt: skip


def _numbers(poll: PollRow | None, answer: str | None) -> Row:
    """Heads and area: of the roll, taking part, agreeing; then the outcome and when it was declared."""
    strict = outcome_from_json(json.loads(answer)).strict if answer else None
    heads, area = (strict.heads, strict.area) if strict else (None, None)
    return (
        poll and (poll.heads or None), heads and heads.participating, heads and heads.agreeing,
        poll and (poll.area or None), area and area.participating, area and area.agreeing,
        strict and strict.outcome, poll and poll.declared_at,
    )  # fmt: skip


def poll_conditions(here: CommunityValue) -> Iterator[Row]:
    """Every condition of every declared outcome."""
    for poll, outcome in _polls(here):
        for one in outcome.strict.inequalities if outcome else ():
            yield (poll.number, one.name, one.left, one.relation, one.right, one.holds, one.article)


def poll_options(here: CommunityValue) -> Iterator[Row]:
    """Every option of every declared poll that chose among several."""
    for poll, outcome in _polls(here):
        known = {option.key: option for option in poll.terms.options}
        for tally in outcome.options if outcome else ():
            option = known.get(tally.option)
            label, cost = (option.label, option.cost) if option else (None, None)
            chosen = outcome is not None and tally.option in outcome.winners
            yield (poll.number, tally.option, label, cost, tally.ballots, chosen)


def meetings(here: CommunityValue) -> Iterator[Row]:
    """Every meeting, with how much was on its agenda; nothing of who came."""
    for portion in paged(lambda before, limit: council.meetings(here.id, before, limit), lambda row: row.number):
        ids = [meeting.id for meeting in portion]
        counted = [
            _count(row.meeting_id for row in found)
            for found in (council.items_of(ids), council.motions_of(ids), council.resolutions_of(ids))
        ]
        minutes = council.minutes_of(ids)
        for meeting in portion:
            own = minutes.get(meeting.id)
            public = own if own and own.published_at else None
            yield (
                meeting.number, meeting.stage, meeting.place, meeting.starts_at, meeting.convened_at, meeting.opened_at,
                meeting.closed_at, meeting.cancelled_at, meeting.cancel_reason,
                *(count.get(meeting.id, 0) for count in counted),
                public and public.label, public and public.published_at, page_of(here, f"meetings/{meeting.number}"),
            )  # fmt: skip


def _count(ids: Any) -> dict[int | None, int]:
    found: dict[int | None, int] = {}
    for number in ids:
        found[number] = found.get(number, 0) + 1
    return found


def resolutions(here: CommunityValue) -> Iterator[Row]:
    """Every resolution of the council."""
    for portion in paged(lambda before, limit: council.resolutions(here.id, before, limit), lambda row: row.id):
        meetings_of = council.meetings_of({row.meeting_id for row in portion})
        for row in portion:
            yield (
                row.label, row.title, meetings_of[row.meeting_id].number, row.adopted_at, str(row.matter),
                fen(row.ceiling), row.purpose, row.owners_matter or None,
            )  # fmt: skip


def postings(here: CommunityValue) -> Iterator[Row]:
    """Everything that was posted, with the hash of its text and how many homes it has reached."""
    for portion in paged(lambda after, limit: publication.in_full(here.id, after or 0, limit), lambda row: row.number):
        counts = publication.counts_of([row.id for row in portion])
        for row in portion:
            reached = row.lines - lines_missing(row.kind, counts.get(row.id, {}))
            yield (
                row.number, row.kind, row.title, row.state, row.span.begins, row.span.last, row.legal_last, row.row,
                row.digest, row.lines, reached, row.automatic, row.posted_at, row.withdrawn_at,
                page_of(here, f"postings/{row.number}"),
            )  # fmt: skip
