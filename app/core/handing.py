"""Handing in a form: it leads on when it was done, and else comes back with the reason and all that was typed."""

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.wrappers import Response

from app.core.errors import HouseError
from app.core.forms import HouseForm, attempt, deliver, sent_well, status_of
from app.core.i18n import said
from app.core.pages import page, see_other
from app.core.values import Refusal


def answer_form(
    form: HouseForm,
    act: Callable[[], str],
    template: str,
    late: Refusal | None = None,
    /,
    *,
    beside: type[HouseError] = HouseError,
    words: Callable[[Refusal], str] = said,
    later: Callable[[], Mapping[str, Any]] | None = None,
    **values: Any,
) -> Response:
    """Whoever hands a form in is led on when it was done, or reads on the same page why not and loses no word.

    `act` calls the action and answers with the address to go to. `late` is why the page shows its form no more.
    `beside` says what may stand beside the form, in which `words`; anything else has a page of its own.
    `later` looks up what only a page that is shown needs, after the form was handed in. Raises Refused when late.
    """
    problem: HouseError | None = None
    if sent_well(form, late):
        where, problem = attempt(form, act, late)
        if problem is None:
            return see_other(where)
        if not isinstance(problem, beside):
            raise problem
    return page(
        template,
        status=problem.status if problem else status_of(form, None),
        form=form,
        problem=words(problem.refusal) if problem else "",
        **values,
        **(later() if later else {}),
    )


def answer_kept(
    form: HouseForm,
    act: Callable[[], str],
    template: str,
    late: Refusal | None = None,
    /,
    *,
    later: Callable[[], Mapping[str, Any]] | None = None,
    **values: Any,
) -> Response:
    """Whoever hands a form in is led on, or reads why not; who comes too late finds what they typed on its own page.

    The page gets `problem`, and as `refusal` why it shows no form any more.
    """
    where, problem = deliver(form, act, late)
    if where:
        return see_other(where)
    return page(
        template,
        status=status_of(form, problem),
        form=form,
        problem=problem,
        refusal=late and (problem or late),
        **values,
        **(later() if later else {}),
    )
