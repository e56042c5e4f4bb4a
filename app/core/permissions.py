"""Who may do what, as one table: roles have verbs. Published at /powers."""

from dataclasses import dataclass, field

from app.core.errors import Forbidden
from app.core.values import Actor, Refusal
from app.core.words import N_

ANYONE, ACCOUNT = "anyone", "account"
RESIDENT, OWNER, MEMBER = "resident", "owner", "member"
CONVENER, SECRETARY, CLERK = "convener", "secretary", "clerk"
SUPPLIER, EVALUATOR, AUDITOR, OPERATOR = "supplier", "evaluator", "auditor", "operator"

ROLES: dict[str, str] = {
    ANYONE: N_("任何人"),
    ACCOUNT: N_("登录的人"),
    RESIDENT: N_("居民"),
    OWNER: N_("业主"),
    MEMBER: N_("四方委员"),
    CONVENER: N_("召集人"),
    SECRETARY: N_("秘书"),
    CLERK: N_("工作人员"),
    SUPPLIER: N_("社会组织"),
    EVALUATOR: N_("评审专家"),
    AUDITOR: N_("监督员"),
    OPERATOR: N_("管理员"),
}

_table: dict[str, "Permission"] = {}


@dataclass(frozen=True, slots=True)
class Permission:
    """One verb and the roles that have it. Made once, at the top of a slice's permissions.py."""

    name: str
    words: str
    roles: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        unknown = self.roles - ROLES.keys()
        if unknown:
            raise ValueError(f"{self.name}: unknown roles {sorted(unknown)}")
        _table[self.name] = self


def permission(name: str, words: str, *roles: str) -> Permission:
    """Give a verb to roles: `CAST_BALLOT = permission("cast_ballot", N_("投票"), ACCOUNT)`."""
    return Permission(name, words, frozenset(roles))


def permissions() -> tuple[Permission, ...]:
    """The whole table, by the name of the verb."""
    return tuple(_table[name] for name in sorted(_table))


def may(actor: Actor, verb: Permission, community_id: int) -> bool:
    """Whether one of the actor's roles in this community has this verb."""
    return bool(actor.roles(community_id) & verb.roles)


def authorize(actor: Actor, verb: Permission, community_id: int) -> None:
    """Let pass who has the verb. Raises Forbidden with the roles that have it."""
    if not may(actor, verb, community_id):
        raise Forbidden(Refusal(N_("您现在的身份不能%(verb)s。"), {"verb": verb}, article=N_("权限表")))


PUBLIC = permission("read_public", N_("看公开的内容"), ANYONE)
SIGNED_IN = permission("use_own_account", N_("使用自己的账号"), ACCOUNT)
