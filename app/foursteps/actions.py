"""Leading a matter through four deliberations and two publications; each step is entered once, and stays."""

import hashlib
from datetime import date
from functools import partial
from typing import cast

from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Ref
from app.foursteps import queries, rules
from app.foursteps.events import FourStepTaken, Step
from app.foursteps.models import FourStep, FourSteps
from app.foursteps.permissions import LEAD_FOUR_STEPS
from app.foursteps.queries import KIND, ChainRow
from app.journal.actions import record
from app.journal.events import Digest
from app.publication.actions import publish_posting
from app.publication.queries import get_by_number as get_posting
from app.publication.rules import GENERAL, RESOLUTION, Draft
from app.voting.rules import terms_as_json


@transactional
def begin_chain(actor: Actor, community_id: int, title: str, text: str) -> int:
    """The party branch proposes a matter; it goes through all six steps or ends at one. Answers with its number.

    Raises Forbidden, Refused. Source: 四议两公开.
    """
    authorize(actor, LEAD_FOUR_STEPS, community_id)
    check(rules.title_refusal(title))
    check(rules.text_refusal(text))
    row = FourSteps(
        community_id=community_id,
        number=next_number(community_id, KIND),
        title=title.strip(),
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    chain = queries.get_chain(community_id, row.number, held=True)
    _take(actor, chain, rules.PROPOSE, rules.PASSED, text, _today(community_id))
    return row.number


@transactional
def enter_consultation(actor: Actor, community_id: int, number: int, held_on: date, agreed: bool, text: str) -> None:
    """Both committees have consulted: whether the matter goes on to the party members. Raises Forbidden, NotFound, Refused."""
    chain = _coming(actor, community_id, number, rules.CONSULT)
    check(rules.held_refusal(held_on, _today(community_id)))
    _take(actor, chain, rules.CONSULT, rules.PASSED if agreed else rules.FAILED, text, held_on)


@transactional
def enter_meeting(
    actor: Actor, community_id: int, number: int, step: str, held_on: date, figures: rules.Figures, text: str
) -> str:
    """A meeting of the party members or of the residents was held; its figures decide, by the marks of that day.

    Answers `passed` or `failed`. Raises Forbidden, NotFound, Refused.
    """
    chain = _coming(actor, community_id, number, step)
    check(rules.held_refusal(held_on, _today(community_id)))
    check(rules.figures_refusal(figures))
    terms = rules.meeting_terms(step, held_on, partial(law, community_id))
    outcome = rules.meeting_outcome(rules.meeting_count(terms, figures))
    _take(actor, chain, step, outcome, text, held_on, figures=figures, terms=terms_as_json(terms))
    return outcome


@transactional
def publish_step(actor: Actor, community_id: int, number: int, step: str, text: str) -> int:
    """The decision, and later its result, hang for everybody to read for the term of the rule. Answers with the posting.

    Raises Forbidden, NotFound, Refused.
    """
    chain = _coming(actor, community_id, number, step)
    check(rules.text_refusal(text))
    today = _today(community_id)
    kind = RESOLUTION if step == rules.TELL_DECISION else GENERAL
    draft = Draft(kind, chain.title, text.strip(), today, ("board", "online"))
    posted = publish_posting(
        actor, community_id, draft, law(community_id, "four-steps.notice", today), matter=chain.ref
    )
    until = get_posting(community_id, posted.number).span.last
    _take(actor, chain, step, rules.PASSED, text, today, posting=posted.number, until=until)
    return posted.number


def _coming(actor: Actor, community_id: int, number: int, step: str) -> ChainRow:
    """The chain, held, where this step comes next."""
    chain = queries.get_chain(community_id, number, held=True)
    authorize(actor, LEAD_FOUR_STEPS, community_id)
    check(rules.step_refusal(chain.done, step, _today(community_id)))
    return chain


def _take(
    actor: Actor,
    chain: ChainRow,
    step: str,
    outcome: str,
    text: str,
    held_on: date,
    *,
    figures: rules.Figures | None = None,
    terms: str = "",
    posting: int | None = None,
    until: date | None = None,
) -> None:
    check(rules.text_refusal(text))
    written = text.strip()
    due, present, agreed = (figures.due, figures.present, figures.agreed) if figures else (None, None, None)
    db.session.add(
        FourStep(
            chain_id=chain.id,
            step=step,
            community_id=chain.community_id,
            outcome=outcome,
            text=written,
            held_on=held_on,
            due=due,
            present=present,
            agreed=agreed,
            terms=terms,
            posting=posting,
            until=until,
            account_id=actor.account_id,
            at=clock.now(),
        )
    )
    event = FourStepTaken(
        chain.community_id,
        chain.id,
        chain.number,
        cast(Step, step),
        "passed" if outcome == rules.PASSED else "failed",
        due,
        present,
        agreed,
        Digest(hashlib.sha256(written.encode()).hexdigest()),
    )
    record(event, actor, Ref(KIND, chain.id))


def _today(community_id: int) -> date:
    return clock.today(get_community(community_id).zone)
