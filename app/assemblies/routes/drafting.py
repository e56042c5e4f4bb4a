"""Writing a notice: a few plain steps, each a page of its own, kept as they are typed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.assemblies import actions, queries, rules
from app.assemblies.forms import KindsForm, MattersForm, NoticeForm, RulesForm, StartForm
from app.assemblies.permissions import CONVENE_ASSEMBLY
from app.assemblies.queries import DraftRow
from app.assemblies.routes.blueprint import pages
from app.assemblies.rules import OWNERS, STEP_WORDS, STEPS, Draft
from app.assemblies.rules.drafts import MOST_ITEMS
from app.assemblies.rules.notice import notice_text
from app.bylaws.queries import law
from app.core import clock
from app.core.context import actor, community
from app.core.errors import Conflict, NotFound, check
from app.core.formats import read_fen
from app.core.forms import HouseForm, attempt, hand_in
from app.core.handing import answer_form
from app.core.i18n import _, said
from app.core.law import LawRow
from app.core.pages import access, page, see_other
from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules import Budget, Option, Terms, marks_in_words, offer_refusal

LONG = timedelta(days=13)


@pages.route("/assemblies/new", methods=["GET", "POST"])
@access(CONVENE_ASSEMBLY)
def new_draft() -> Response:
    """Begin a notice: for whom; or again, for what was annulled; or for what a fifth asked for."""
    here = community().id
    again, asked = request.args.get("again", type=int), request.args.get("request", type=int)
    form = StartForm.from_request(electorate=OWNERS)
    begun = _begun(here, again, asked)
    if form.sent_well():

        def act() -> str:
            draft = begun or Draft(str(form.electorate.data))
            return url_for(".draft", draft_id=actions.begin_draft(actor(), here, draft), step="matters")

        return see_other(hand_in(form, act))
    return page("assemblies/new_draft.html", form=form, begun=begun, status=422 if form.errors else 200)


def _begun(here: int, again: int | None, asked: int | None) -> Draft | None:
    if again is not None:
        return actions.prefilled(here, again)
    if asked is not None:
        row = queries.get_request(here, asked)
        item = rules.DraftItem(row.title)
        return Draft(row.electorate, row.title, (item,), request=row.id)
    return None


@pages.route("/assemblies/drafts/<int:draft_id>/<step>", methods=["GET", "POST"])
@access(CONVENE_ASSEMBLY)
def draft(draft_id: int, step: str) -> Response:
    """One step of a notice."""
    if step not in STEPS:
        raise NotFound(N_("没有这一步。"))
    row = queries.get_draft(community().id, draft_id)
    if row.assembly_id is not None:
        return _out(row.assembly_id, step)
    if step == "check":
        return _last_look(row)
    form, taken = _form(step, row.draft)
    problem: Refusal | None = None
    status, stale = 200, False
    if form.sent_well():
        found, more = taken(), request.form.get("step") == "more"
        problem = None if more else _refusal(step, found)
        following = step if more or problem else STEPS[STEPS.index(step) + 1]

        def act() -> str:
            actions.save_draft(actor(), community().id, draft_id, found, _seen(form.seen.data))
            return url_for(".draft", draft_id=draft_id, step=following, more=1 if more else None)

        if problem is None:
            where, error = attempt(form, act)
            if error is None:
                return see_other(where)
            problem, status, stale = error.refusal, error.status, True
        else:
            # What is not right yet is kept, too, and the form may be sent again.
            status = 409
            try:
                act()
            except Conflict as conflict:
                problem, stale = conflict.refusal, True
        row = queries.get_draft(community().id, draft_id)
    if not stale:
        form.seen.data = str(row.saves)
    return page(
        f"assemblies/draft_{step}.html",
        status=422 if form.errors else status,
        form=form,
        problem=said(problem) if problem else "",
        article=problem.article if problem else "",
        **_about(row, step),
    )


def _seen(typed: str | None) -> int:
    """The number of the save that a window knows; none where it was tampered with."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _out(assembly_id: int, step: str) -> Response:
    """The notice has been sent: its page instead; what somebody still wanted to change in an old window is refused."""
    if request.method == "POST" and step != "check":
        check(rules.listed_refusal(True))
    return see_other(url_for(".assembly", number=queries.get_by_id(assembly_id).number))


def _about(row: DraftRow, step: str) -> dict[str, Any]:
    today = clock.today(community().zone)
    words = [{"step": name, "label": _(STEP_WORDS[name])} for name in STEPS]
    values: dict[str, Any] = {
        "row": row,
        "draft": row.draft,
        "step": step,
        "steps": words,
        "owners": row.draft.electorate == OWNERS,
    }
    if step in ("rules", "check"):
        here = partial(law, community().id)
        follow = here("owners.follow_majority", today)
        values.update(
            earliest=rules.earliest_day(today, here("owners.notice", today)),
            notice_row=here("owners.notice", today),
            shortest=here("owners.window.shortest", today),
            longest=here("owners.window.longest", today),
            follow=follow,
            may_follow=rules.follow_refusal(True, follow, local=_local(follow)) is None,
            marks=[marks_in_words(one) for one in _terms(row.draft, today)],
        )
    return values


def _local(row: LawRow) -> bool:
    return row.jurisdiction.startswith("community")


def _terms(found: Draft, today: date) -> list[Terms]:
    if found.electorate == OWNERS and rules.kinds_refusal(found) is not None:
        return []
    options, method, budget = _choices(found)
    return [actions.terms_of(community().id, found, item, today, options, method, budget) for item in found.items]


def _form(step: str, found: Draft) -> tuple[Any, Callable[[], Draft]]:
    if step == "matters":
        items = [{"title": item.title, "question": item.question} for item in found.items]
        many: MattersForm = MattersForm.from_request(title=found.title, items=items or None)
        if request.args.get("more") and request.method == "GET" and len(many.items) < MOST_ITEMS:
            many.items.append_entry()
        return many, lambda: many.taken(found)
    if step == "kinds":
        kinds: KindsForm = KindsForm.from_request(
            kinds=[str(item.matter) if item.matter else None for item in found.items]
            if found.electorate == OWNERS
            else []
        )
        kinds.offer(found)
        return kinds, lambda: kinds.taken(found)
    if step == "rules":
        ways: RulesForm = RulesForm.from_request(**_ways(found))
        ways.offer()
        return ways, lambda: ways.taken(found)
    text = found.notice or _written(found)
    notice: NoticeForm = NoticeForm.from_request(notice=text)
    return notice, lambda: replace(found, notice=notice.notice.data or "")


def _ways(found: Draft) -> dict[str, Any]:
    today = clock.today(community().zone)
    opens = (
        date.fromisoformat(found.opens_on)
        if found.opens_on
        else rules.earliest_day(today, law(community().id, "owners.notice", today))
    )
    closes = date.fromisoformat(found.closes_on) if found.closes_on else opens + LONG
    return {
        "opens_on": opens,
        "closes_on": closes,
        "channels": list(found.channels),
        "precedence": found.precedence,
        "proxy_limit": found.proxy_limit,
        "choices_visible": found.choices_visible,
        "seen_live": found.live,
        "follow_majority": found.follow_majority,
        "method": found.method,
        "options": "\n".join(found.options),
        "budget": found.budget or None,
    }


def _written(found: Draft) -> str:
    window, today = found.window(community().zone), clock.today(community().zone)
    if window is None or _refusal("kinds", found) is not None:
        return ""
    return notice_text(community().name, found, window, _terms(found, today), today)


def _refusal(step: str, found: Draft) -> Refusal | None:
    if step == "matters":
        return rules.matters_refusal(found)
    if step == "kinds":
        return rules.kinds_refusal(found)
    if step == "notice":
        return rules.notice_text_refusal(found.notice)
    return _rules_refusal(found)


def _rules_refusal(found: Draft) -> Refusal | None:
    window, today = found.window(community().zone), clock.today(community().zone)
    if window is None:
        return Refusal(N_("请选投票从哪一天到哪一天。"))
    if found.electorate != OWNERS:
        return (
            rules.window_order_refusal(*window, clock.now())
            or rules.past_refusal(window[0], clock.now())
            or _options_refusal(found)
        )
    here = partial(law, community().id)
    follow = here("owners.follow_majority", today)
    first, last = window[0].date(), window[1].date()
    return (
        rules.window_order_refusal(*window, clock.now())
        or rules.notice_refusal(clock.now(), window[0], here("owners.notice", today))
        or rules.window_refusal(
            first, last, here("owners.window.shortest", today), here("owners.window.longest", today)
        )
        or rules.follow_refusal(found.follow_majority, follow, local=_local(follow))
        or (None if found.channels else Refusal(N_("至少要有一种投票的方式。")))
    )


def _choices(found: Draft) -> tuple[Sequence[Option], str, Budget | None]:
    """The options of a residents' poll as they were typed: one a line, with a cost in yuan at its end."""
    if found.electorate == OWNERS or found.method == "opinion":
        return (), "", None
    options = []
    for place, line in enumerate(found.options, 1):
        *head, last = line.rsplit(maxsplit=1)
        words, cost = "".join(head), read_fen(last) if found.method == "budget" and head else None
        options.append(Option(str(place), words if cost is not None else line, cost))
    budget = Budget(found.budget * 100) if found.method == "budget" else None
    return options, found.method, budget


def _options_refusal(found: Draft) -> Refusal | None:
    if len(found.items) > 1:
        return Refusal(N_("居民投票一次问一件事，请分几次。"))
    options, method, budget = _choices(found)
    return offer_refusal(method or found.method, options, budget.amount if budget else None)


def _last_look(row: DraftRow) -> Response:
    """Read everything once more, and call the assembly."""
    here, found = community().id, row.draft
    form = HouseForm.from_request()
    missing = next(((step, why) for step in STEPS[:-1] if (why := _refusal(step, found)) is not None), None)

    def act() -> str:
        options, method, budget = _choices(found)
        made = actions.convene_draft(actor(), here, row.id, options, method, budget)
        return url_for(".assembly", number=made.number)

    return answer_form(
        form,
        act,
        "assemblies/draft_check.html",
        missing=missing,
        matters=rules.MATTERS,
        window=found.window(community().zone),
        later=lambda: _about(row, "check"),
    )


@pages.post("/assemblies/drafts/<int:draft_id>/drop")
@access(CONVENE_ASSEMBLY)
def drop_draft(draft_id: int) -> Response:
    """Throw a notice away that was begun."""

    def act() -> str:
        actions.drop_draft(actor(), community().id, draft_id)
        return url_for(".assemblies")

    return see_other(hand_in(HouseForm.from_request(), act))
