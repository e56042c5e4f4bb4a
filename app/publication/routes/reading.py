"""The list of what is posted, one posting with everything about it, and its exact text."""

from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, request

from app.core import clock
from app.core.context import actor, community
from app.core.house import Turn, describe
from app.core.i18n import lang
from app.core.memory import remember
from app.core.pages import access, community_pages, fresh, page
from app.core.permissions import PUBLIC, Permission, may
from app.publication import queries, rules
from app.publication.permissions import PUBLISH_POSTING, READ_SERVICE, RECORD_SERVICE, WITHDRAW_POSTING
from app.publication.queries import BuildingService, PostingRow
from app.publication.queries.telling import turn
from app.publication.serializers import full_day

pages = community_pages("publication")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whom a posting has reached: by building and altogether; `turn` while somebody has to go on."""

    buildings: list[BuildingService]
    served: int
    missing: int
    turn: Turn | None


def allowed(verb: Permission) -> bool:
    """Whether the reader's roles have a verb here."""
    return may(actor(), verb, community().id)


def standing(row: PostingRow) -> Standing | None:
    """Whom a posting has reached, None where it has no list."""
    if not row.lines:
        return None
    buildings = remember(("service", row.id), lambda: queries.by_building(row))
    served = sum(one.served for one in buildings)
    missing = row.lines - served
    due = turn(row, missing, actor()) if missing and row.state == rules.RUNNING else None
    return Standing(buildings, served, missing, due)


@pages.get("/postings")
@access(PUBLIC)
def postings() -> Response:
    """Everything that is posted, what ends first on top; then what is over."""
    before = request.args.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    over, older = queries.ended_postings(community().id, place)
    return fresh(
        page(
            "publication/postings.html",
            standing=queries.standing_postings(community().id) if place is None else [],
            over=over,
            older=older,
            paged=place is not None,
            kinds=rules.KINDS,
            states=rules.STATE_WORDS,
            may_publish=allowed(PUBLISH_POSTING),
        )
    )


@pages.get("/postings/<int:number>")
@access(PUBLIC)
def posting(number: int) -> Response:
    """One posting: its text, how long it hangs, whom it has reached, and what proves it."""
    row = queries.get_by_number(community().id, number)
    corrected = queries.get_by_id(row.corrects_id) if row.corrects_id else None
    today = clock.today(community().zone)
    return fresh(
        page(
            "publication/posting.html",
            posting=row,
            kind=rules.KINDS[row.kind],
            state=rules.STATE_WORDS[row.state],
            places=[rules.PLACES[place] for place in row.places],
            standing=standing(row),
            corrected=corrected,
            correction=queries.correction_of(row.id),
            **_about(row),
            days=((row.span.last - row.span.begins).days + 1, (today - row.span.begins).days + 1),
            refusals={"withdraw": rules.withdrawal_refusal(row.state, "____")},
            may_withdraw=allowed(WITHDRAW_POSTING),
            may_publish=allowed(PUBLISH_POSTING),
            may_record=allowed(RECORD_SERVICE),
            may_read=allowed(READ_SERVICE),
            is_vote=row.kind == rules.OWNERS_NOTICE,
            begins=full_day(row.span.begins, lang()),
            last=full_day(row.span.last, lang()),
        )
    )


def _about(row: PostingRow) -> dict[str, Any]:
    """To what a posting belongs, and what it tells where that is something else: titles and addresses."""
    named = [ref for ref in (row.matter, row.source) if ref is not None and not row.own]
    found = describe(named) if named else {}
    matter = found.get(row.matter)
    return {"matter": matter, "told": found.get(row.source) if row.source and row.source != row.matter else None}


@pages.get("/postings/<int:number>/text.txt")
@access(PUBLIC)
def text(number: int) -> Response:
    """The exact text whose hash stands on record, for anybody to compute it again."""
    row = queries.get_by_number(community().id, number)
    response = make_response(rules.posted_text(row.title, row.body).encode())
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="posting-{number}.txt"'
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
