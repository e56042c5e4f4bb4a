"""Pages of the four deliberations: the list, one chain, beginning one, and entering the step that comes next."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community
from app.core.errors import HouseError
from app.core.forms import attempt
from app.core.i18n import _
from app.core.pages import access, community_pages, page, see_other
from app.core.permissions import PUBLIC
from app.foursteps import actions, queries, rules
from app.foursteps.forms import YES, BeginForm, step_form
from app.foursteps.permissions import LEAD_FOUR_STEPS
from app.foursteps.queries import ChainRow

pages = community_pages("foursteps")


@pages.get("/four-steps")
@access(PUBLIC)
def chains() -> Response:
    """Every matter that went or goes through the four deliberations, newest first."""
    before = request.args.get("before", type=int)
    found = queries.chains(community().id, before, queries.PAGE + 1)
    shown = found[: queries.PAGE]
    return page(
        "foursteps/chains.html",
        chains=shown,
        standing={chain.id: _standing(chain) for chain in shown},
        newest=url_for(".chains") if before is not None else "",
        older=url_for(".chains", before=shown[-1].number) if len(found) > queries.PAGE else "",
        lead=LEAD_FOUR_STEPS,
    )


def _standing(chain: ChainRow) -> tuple[str, str, str]:
    """Where a chain stands, as a tag."""
    if chain.failed:
        return _("未通过"), "bad", "no"
    coming = rules.next_step(chain.done)
    return (
        (_("轮到%(step)s", step=_(rules.STEP_WORDS[coming])), "open", "clock")
        if coming
        else (_("已完成"), "good", "yes")
    )


@pages.get("/four-steps/<int:number>")
@access(PUBLIC)
def chain(number: int) -> Response:
    """One chain: each step with its figures, what comes next, and why something may not be done yet."""
    found = queries.get_chain(community().id, number)
    coming = rules.next_step(found.done)
    return page(
        "foursteps/chain.html",
        chain=found,
        tag=_standing(found),
        taken={step.step: step for step in found.steps},
        coming=coming,
        refusal=rules.step_refusal(found.done, coming, clock.today(community().zone)) if coming else None,
        steps=rules.STEPS,
        words=rules.STEP_WORDS,
        lead=LEAD_FOUR_STEPS,
    )


@pages.route("/four-steps/new", methods=["GET", "POST"])
@access(LEAD_FOUR_STEPS)
def begin_chain() -> Response:
    """The party branch proposes."""
    form = BeginForm.from_request()

    def act() -> str:
        number = actions.begin_chain(actor(), community().id, form.title.data or "", form.text.data or "")
        return url_for(".chain", number=number)

    return _handed(form, act, "foursteps/begin_chain.html")


@pages.route("/four-steps/<int:number>/next", methods=["GET", "POST"])
@access(LEAD_FOUR_STEPS)
def take_step(number: int) -> Response:
    """Enter the step that comes next."""
    found = queries.get_chain(community().id, number)
    step = request.form.get("step") or rules.next_step(found.done)
    if step not in rules.STEPS[1:]:
        return see_other(url_for(".chain", number=number))
    form = step_form(step)

    def act() -> str:
        _enter(number, step, form)
        return url_for(".chain", number=number)

    refusal = rules.step_refusal(found.done, step, clock.today(community().zone))
    return _handed(
        form,
        act,
        "foursteps/take_step.html",
        chain=found,
        step=step,
        word=rules.STEP_WORDS[step],
        refusal=refusal,
        meeting=step in rules.MEETINGS,
        publication=step in rules.PUBLICATIONS,
    )


def _enter(number: int, step: str, form: Any) -> None:
    here = community().id
    if step == rules.CONSULT:
        agreed = form.agreed.data == YES
        actions.enter_consultation(actor(), here, number, form.held_on.data, agreed, form.text.data)
    elif step in rules.MEETINGS:
        actions.enter_meeting(actor(), here, number, step, form.held_on.data, form.figures, form.text.data)
    else:
        actions.publish_step(actor(), here, number, step, form.text.data)


def _handed(form: Any, act: Any, template: str, **values: Any) -> Response:
    """Do what a form asks, or show it again with what is wrong and everything that was typed."""
    error: HouseError | None = None
    if form.sent_well():
        location, error = attempt(form, act)
        if error is None:
            return see_other(location)
    status = 409 if error else 422 if form.errors else 200
    return page(template, status=status, form=form, problem=error.refusal if error else None, **values)
