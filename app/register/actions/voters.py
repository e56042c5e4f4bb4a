"""Co-owners name the one of them who casts their dwelling's ballot."""

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.values import Actor, Ref
from app.journal.actions import record
from app.register.events import VoterNamed, VoterNamingEnded, VoterProposed
from app.register.models import VoterAgreement, VoterNaming
from app.register.permissions import ENTER_VOTER, NAME_VOTER
from app.register.queries.voters import Home, get_home
from app.register.rules.voters import Naming, ending_refusal, mandate_refusal, naming_refusal


@transactional
def name_voter(actor: Actor, community_id: int, code: str, person_id: int) -> bool:
    """One co-owner says who shall cast the dwelling's ballot; once all have said the same, only that one may.

    Answers whether it is in force. Saying somebody else starts anew. Raises Forbidden, NotFound, Refused.
    """
    authorize(actor, NAME_VOTER, community_id)
    home = _home(community_id, code)
    by = _speaker(actor, home)
    check(naming_refusal(home.owner_ids, person_id, by))
    naming, naming_id = home.naming, home.naming_id
    if naming is None or naming.named != person_id or naming.owners != home.owner_ids:
        naming_id = _begin(actor, home, person_id, desk=False, note="")
        naming = Naming(person_id, home.owner_ids)
        record(VoterProposed(community_id, home.dwelling_id, naming_id), actor, Ref("dwelling", home.dwelling_id))
    if by in naming.agreed or naming.desk:
        return naming.complete
    db.session.add(VoterAgreement(naming_id=naming_id, person_id=by, community_id=community_id, at=clock.now()))
    db.session.flush()
    done = home.owner_ids <= naming.agreed | {by}
    if done:
        _into_force(actor, home, naming_id)
    return done


@transactional
def enter_voter(actor: Actor, community_id: int, code: str, person_id: int, note: str) -> None:
    """The desk writes down whom the co-owners named on paper; `note` says which paper. Raises Forbidden, NotFound, Refused."""
    authorize(actor, ENTER_VOTER, community_id)
    home = _home(community_id, code)
    check(naming_refusal(home.owner_ids, person_id))
    check(mandate_refusal(note))
    naming_id = _begin(actor, home, person_id, desk=True, note=note.strip())
    _into_force(actor, home, naming_id)


@transactional
def end_naming(actor: Actor, community_id: int, code: str) -> None:
    """A co-owner, or the desk at their wish, takes the naming back: any of them may cast the ballot again.

    Raises Forbidden, NotFound, Refused.
    """
    authorize(actor, NAME_VOTER, community_id)
    home = _home(community_id, code)
    by: int | None = _speaker(actor, home)
    if by not in home.owner_ids:
        authorize(actor, ENTER_VOTER, community_id)
        by = None
    check(ending_refusal(home.owner_ids, home.naming, by))
    _end(actor, home)


def _home(community_id: int, code: str) -> Home:
    return get_home(community_id, code, clock.today(get_community(community_id).zone))


def _speaker(actor: Actor, home: Home) -> int:
    """The co-owner for whom the actor speaks; where they own nothing here somebody else's number, or 0."""
    mine = [ref.id for ref in actor.refs("person")]
    return next((number for number in mine if number in home.owner_ids), mine[0] if mine else 0)


def _begin(actor: Actor, home: Home, person_id: int, *, desk: bool, note: str) -> int:
    if home.naming is not None:
        _end(actor, home)
    row = VoterNaming(
        community_id=home.community_id,
        dwelling_id=home.dwelling_id,
        person_id=person_id,
        owners=",".join(str(number) for number in sorted(home.owner_ids)),
        desk=desk,
        note=note,
        account_id=actor.account_id,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _into_force(actor: Actor, home: Home, naming_id: int) -> None:
    row = db.session.get_one(VoterNaming, naming_id)
    row.in_force_at = clock.now()
    event = VoterNamed(home.community_id, home.dwelling_id, naming_id, "desk" if row.desk else "owners")
    record(event, actor, Ref("dwelling", home.dwelling_id))


def _end(actor: Actor, home: Home) -> None:
    row = db.session.get_one(VoterNaming, home.naming_id)
    row.ended_at = clock.now()
    db.session.flush()
    record(VoterNamingEnded(home.community_id, home.dwelling_id, row.id), actor, Ref("dwelling", home.dwelling_id))
