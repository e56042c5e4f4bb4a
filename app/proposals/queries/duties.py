"""Where a proposal stands in its matter, whose turn it is, what waits for whom, and what it is called."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy import Select, literal, select, union_all

from app.bylaws.queries import law, law_today, workdays
from app.core.db import ask, built
from app.core.house import DONE, NOW, Link, Station, Todo, Turn
from app.core.i18n import _, zone
from app.core.law import LawRow
from app.core.permissions import may
from app.core.questions import Question
from app.core.values import Actor, Ref
from app.proposals import rules
from app.proposals.models import MINE_BACK, READY, TALKED, Proposal, ProposalSupport
from app.proposals.permissions import ADMIT_PROPOSAL, SUPPORT_PROPOSAL
from app.proposals.queries.single import ProposalRow, get_proposal, least_supporters, rule_of, seen

MANY = 20


def _proposal(matter: Ref) -> ProposalRow | None:
    if matter.kind != "proposal":
        return None
    return seen(matter.id) or get_proposal(matter.id)


def links(ids: Sequence[int]) -> Mapping[int, Link]:
    """What several proposals are called and where they stand; one statement."""
    known = {number: row for number in ids if (row := seen(number)) is not None}
    found = {number: (row.number, row.title) for number, row in known.items()}
    if len(found) < len(ids):
        found = {row[0]: (row[1], row[2]) for row in ask(_titles, ids=list(ids))}
    return {
        key: Link(title, url_for("proposals.proposal", number=number), "proposal")
        for key, (number, title) in found.items()
    }


def _titles(ids: Any) -> Select[int, int, str]:
    return select(Proposal.id, Proposal.number, Proposal.title).where(Proposal.id.in_(ids))


def _day(at: datetime) -> date:
    return at.astimezone(zone()).date()


def stations(matter: Ref) -> list[Station]:
    """Proposed, talked about, resolved: as far as a proposal knows; meetings and votes say the rest."""
    row = _proposal(matter)
    if row is None:
        return []
    begun, facts = _day(row.submitted_at), row.facts
    if facts.admitted_at is None:
        return [Station("propose", NOW if facts.withdrawn_at is None else DONE, begun)]
    admitted = _day(facts.admitted_at)
    found = [Station("propose", DONE, begun, admitted)]
    if facts.settled_at is None:
        return [*found, Station("discuss", NOW, admitted)]
    settled = _day(facts.settled_at)
    return [*found, Station("discuss", DONE, admitted, settled), Station("resolve", DONE, settled)]


def turns(matter: Ref, actor: Actor) -> list[Turn]:
    """Whose turn it is until a proposal stands on the agenda."""
    row = _proposal(matter)
    if row is None:
        return []
    url = url_for("proposals.proposal", number=row.number)
    match row.state:
        case rules.GATHERING:
            return [_gathering(row, actor, url)]
        case rules.READY if row.facts.reached_at is not None:
            return [_ready(row, row.facts.reached_at, actor, url)]
        case rules.RETURNED:
            return [_returned(row, actor)]
    return []


def _gathering(row: ProposalRow, actor: Actor, url: str) -> Turn:
    least, term = least_supporters(row.community_id), admission_row(row.community_id)
    can = may(actor, SUPPORT_PROPOSAL, row.community_id)
    missing = rules.missing_supporters(row.supports_now, least)
    return Turn(
        _("居民"),
        _("居民表态支持：还差%(missing)s人，满%(least)s人就要受理", missing=missing, least=least),
        None,
        _(
            "有%(least)s人以上支持的提案，秘书须在%(days)s个工作日内受理，或说明理由退回。",
            least=least,
            days=term.whole,
        ),
        _(rule_of(term)),
        f"{url}#support",
        _("支持"),
        can and not row.mine(actor.account_id) and row.supported != row.version,
    )


def _ready(row: ProposalRow, reached_at: datetime, actor: Actor, url: str) -> Turn:
    term = admission_row(row.community_id, reached_at)
    return Turn(
        _("秘书"),
        _("秘书受理这件提案，或说明理由退回"),
        admission_due(row.community_id, reached_at),
        _("支持人数已经达到，秘书须在%(days)s个工作日内受理，或说明理由退回。", days=term.whole),
        _(rule_of(term)),
        f"{url}#admit",
        _("受理或退回"),
        may(actor, ADMIT_PROPOSAL, row.community_id),
    )


def _returned(row: ProposalRow, actor: Actor) -> Turn:
    why = _("退回的理由和要改的地方写在下面。")
    if row.facts.reached_at is not None:
        why = _("退回的理由和要改的地方写在下面，改好以后不用重新征集支持。")
    return Turn(
        _("提案人"),
        _("提案人按退回的意见修改，再提交"),
        None,
        why,
        _(rules.RULE),
        url_for("proposals.revise_proposal", number=row.number),
        _("修改提案"),
        row.mine(actor.account_id),
    )


def admission_row(community_id: int, reached_at: datetime | None = None) -> LawRow:
    """In how many working days the secretary has to admit what reached its supporters at a moment (or does so today)."""
    key = "proposals.admission.workdays"
    return law_today(community_id, key) if reached_at is None else law(community_id, key, _day(reached_at))


def admission_due(community_id: int, reached_at: datetime) -> datetime:
    """Until when the desk has to admit or return what reached its supporters at a moment."""
    days = admission_row(community_id, reached_at).whole
    return rules.admission_due(_day(reached_at), days, zone().key, workdays(community_id, reached_at))


def waiting(community_id: int, actor: Actor) -> list[Question[Todo]]:
    """What waits for the desk, for an author, and for supporters of what has changed since."""
    asks = built(_for_admission if may(actor, ADMIT_PROPOSAL, community_id) else _for_anyone)
    values = {"community_id": community_id, "account_id": actor.account_id}
    return [Question(asks, values, lambda row: [_todo(community_id, *row)])]


def _for_anyone(community_id: Any, account_id: Any) -> Select[Any]:
    return _waiting(community_id, account_id, admits=False)


def _for_admission(community_id: Any, account_id: Any) -> Select[Any]:
    return _waiting(community_id, account_id, admits=True)


def _waiting(community_id: Any, account_id: Any, *, admits: bool) -> Select[Any]:
    here = Proposal.community_id == community_id
    columns = (Proposal.id, Proposal.number, Proposal.title)
    parts = [
        select(literal("back").label("why"), *columns, Proposal.returned_at.label("since")).where(
            here, MINE_BACK, Proposal.account_id == account_id
        ),
        select(literal("changed"), *columns, Proposal.revised_at)
        .join(ProposalSupport, ProposalSupport.proposal_id == Proposal.id)
        # By the reader's own supports, of which there are few, and not by the community's proposals.
        .where(ProposalSupport.community_id == community_id, ProposalSupport.account_id == account_id)
        .where(TALKED, ProposalSupport.version < Proposal.version),
    ]
    if admits:
        parts.append(select(literal("ready"), *columns, Proposal.reached_at).where(here, READY))
    rows = union_all(*parts).subquery()
    return select(rows).order_by(rows.c.since, rows.c.id).limit(MANY)


def _todo(community_id: int, why: str, proposal_id: int, number: int, title: str, since: datetime) -> Todo:
    url, ref = url_for("proposals.proposal", number=number), Ref("proposal", proposal_id)
    match why:
        case "ready":
            told = _("支持人数达到了。请受理，或说明理由退回。")
            return Todo(ref, title, told, f"{url}#admit", _("受理或退回"), admission_due(community_id, since))
        case "back":
            told = _("您的提案退回修改了，理由和要改的地方都写着。")
            return Todo(ref, title, told, url_for("proposals.revise_proposal", number=number), _("修改提案"))
    told = _("您支持的提案改过了。请看看新的一版，还支持的话再按一次。")
    return Todo(ref, title, told, f"{url}#support", _("看新的一版"))
