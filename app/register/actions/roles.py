"""What the register says of somebody decides which roles their account has here."""

from datetime import date, timedelta

from app.core.db import transactional
from app.core.permissions import OWNER, RESIDENT
from app.core.values import the_house
from app.identity.actions import end_role, grant_role
from app.identity.queries import holders
from app.register import queries


@transactional
def settle_roles(community_id: int, day: date, account_id: int | None = None) -> None:
    """Who owns or lives here has the roles of owner and resident from `day`; who does so no longer had them until the day before.

    Only accounts that are linked to somebody of the register (or the one given) are looked at: roles that were given
    to others stay as they are.
    """
    house = the_house(community_id)
    linked = queries.linked_accounts(community_id, account_id)
    for role, place in ((OWNER, 0), (RESIDENT, 1)):
        held = {row.account_id for row in holders(community_id, role)}
        for account, says in linked.items():
            if says[place] and account not in held:
                grant_role(house, community_id, account, role, day)
            elif not says[place] and account in held:
                end_role(house, community_id, account, role, day - timedelta(days=1))
