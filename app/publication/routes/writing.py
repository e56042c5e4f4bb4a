"""Posting something, and taking it down."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.bylaws.queries import law, workdays
from app.core import clock
from app.core.context import actor, community
from app.core.handing import answer_form
from app.core.house import house
from app.core.i18n import _
from app.core.pages import access
from app.core.values import Entry, Ref
from app.publication import actions, queries, rules
from app.publication.forms import PublishForm, WithdrawForm
from app.publication.permissions import PUBLISH_POSTING, WITHDRAW_POSTING
from app.publication.queries import PostingRow
from app.publication.routes.reading import pages

USUAL = ("board", "halls", "online")


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else None


@pages.route("/postings/new", methods=["GET", "POST"])
@access(PUBLISH_POSTING)
def publish_posting() -> AnyResponse:
    """Write a text, choose how long and where it hangs, and post it for good."""
    here, today = community(), clock.today(community().zone)
    wanted = _number(request.args.get("corrects"))
    fresh: dict[str, Any] = {"begins": today, "places": list(USUAL), "kind": rules.GENERAL}
    fresh["about"] = request.args.get("matter", "")[:60]
    form = PublishForm.from_request(**{**fresh, **_earlier(wanted)})
    form.offer({name: words for name, (words, _roll) in house().rolls.items()})
    form.offer_matters(_matters())
    corrected = _corrected(form)

    def act() -> str:
        draft = form.draft()
        term = law(here.id, rules.LAW_KEYS.get(draft.kind, rules.LAW_KEYS[rules.GENERAL]), today)
        matter, source = _about(form, corrected)
        corrects = corrected.number if corrected else None
        made = actions.publish_posting(
            actor(),
            here.id,
            draft,
            term,
            matter=matter,
            source=source,
            lines=_list(form.to_list),
            corrects=corrects,
        )
        return url_for(".posting", number=made.number)

    shown = "publication/publish_posting.html"
    return answer_form(form, act, shown, corrected=corrected, later=lambda: {"terms": _terms()})


def _earlier(number: int | None) -> dict[str, str]:
    """The text of the posting to correct, to begin with."""
    if number is None:
        return {}
    found = queries.get_by_number(community().id, number)
    return {"title": found.title, "body": found.body, "kind": found.kind, "corrects": str(number)}


def _corrected(form: PublishForm) -> PostingRow | None:
    number = _number(form.corrects.data)
    return None if number is None else queries.get_by_number(community().id, number)


def _matters() -> dict[str, list[tuple[str, str]]]:
    """What there is in this community to post something about, by kind; a statement or two a kind."""
    offered = [(kind.words, kind.offered(community().id)) for kind in house().postable.values()]
    return {_(words): [(str(ref), title) for ref, title in things] for words, things in offered}


def _about(form: PublishForm, corrected: PostingRow | None) -> tuple[Ref | None, Ref | None]:
    """Under which matter a posting is told, and what it tells; a correction belongs where the corrected one does."""
    if corrected is not None:
        return (None if corrected.own else corrected.matter), corrected.source
    thing = form.thing
    if thing is None:
        return None, None
    matter = house().postable[thing.kind].matter_of(thing.id)
    return matter, thing if matter != thing else None


def _list(name: str) -> Sequence[Entry]:
    if not name:
        return ()
    _words, roll = house().rolls[name]
    return roll(community().id, clock.today(community().zone))


def _terms() -> list[tuple[str, int, bool, bool, date]]:
    """How long each kind of posting hangs here at least: kind, days, in working days, binding, last day if posted today."""
    today = clock.today(community().zone)
    found = []
    for kind, words in rules.KINDS.items():
        row = law(community().id, rules.LAW_KEYS[kind], today)
        end = rules.term_end(today, row, workdays(community().id))
        found.append((words, row.whole, rules.counted_in_workdays(row), row.binding, end.last))
    return found


@pages.route("/postings/<int:number>/withdraw", methods=["GET", "POST"])
@access(WITHDRAW_POSTING)
def withdraw_posting(number: int) -> AnyResponse:
    """Take a posting down before its term ends, saying why."""
    row = queries.get_by_number(community().id, number)
    form = WithdrawForm.from_request()

    def act() -> str:
        actions.withdraw_posting(actor(), row.id, form.reason.data or "")
        return url_for(".posting", number=number)

    refusal = rules.withdrawal_refusal(row.state, "____")
    return answer_form(form, act, "publication/withdraw_posting.html", posting=row, refusal=refusal)
