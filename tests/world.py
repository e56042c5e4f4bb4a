"""A small world for tests: two communities, and an account in every role of the first."""

from dataclasses import dataclass, field
from datetime import date

from app.communities.actions import create_community
from app.core.permissions import ROLES
from app.core.values import Actor, Grant, Ref, the_house
from app.identity.actions import create_account, grant_role
from app.wiring.login import actor_of

PASSWORD = "three quiet lanterns"
FIRST_DAY = date(2020, 1, 1)
NAMES = {
    "resident": "陈居民",
    "owner": "李业主",
    "member": "王委员",
    "convener": "王书记",
    "secretary": "林秘书",
    "clerk": "赵工作",
    "supplier": "和风社工",
    "evaluator": "周专家",
    "auditor": "吴监督",
    "operator": "郑管理",
}


@dataclass(slots=True)
class World:
    """Numbers of what was made; `accounts` by role."""

    community_id: int
    slug: str
    other_id: int
    other_slug: str
    accounts: dict[str, int] = field(default_factory=dict)

    def actor(self, role: str, *acts_as: Ref) -> Actor:
        """The actor of a role's account, with everything it speaks for and what is added here."""
        account_id = self.accounts[role]
        found = actor_of(account_id)
        return Actor(account_id, frozenset({Grant(self.community_id, role)}), found.acts_as | set(acts_as))

    def login(self, role: str) -> str:
        """The sign-in name of a role's account (password: PASSWORD)."""
        return f"test-{role}"


def make_world(slug: str = "wutongli", other: str = "hepingli") -> World:
    """Two communities, and an account in every role of the first; inside an application context."""
    community_id = create_community(slug, "梧桐里社区", desk_hours="周一至周六 8:30–17:30", phone="5555 0100")
    other_id = create_community(other, "和平里社区")
    world = World(community_id, slug, other_id, other)
    for role in ROLES:
        if role in ("anyone", "account"):
            continue
        account_id = world.accounts[role] = create_account(NAMES[role], world.login(role), PASSWORD)
        grant_role(the_house(community_id), community_id, account_id, role, FIRST_DAY)
    return world
