"""Who plays in the story: seats and their holders, the desk, neighbours, organisations, evaluators."""

from collections.abc import Sequence

from app.core.permissions import CLERK, CONVENER, EVALUATOR, MEMBER, OPERATOR, OWNER, RESIDENT, SECRETARY, SUPPLIER
from app.core.secrets import fingerprint
from app.core.values import BRANCH, OWNERS, PROPERTY, RESIDENTS, Actor, Ref
from app.council.actions import add_seat, appoint
from app.demo.compound import Neighbour, author
from app.demo.stage import PASSWORD, Stage
from app.discussion.rules import public_label
from app.identity.actions import accept_invitation, create_account, grant_role, invite
from app.identity.queries import find_account
from app.organisations.actions import Particulars, register_organisation
from app.organisations.queries import find_by_code
from app.register.queries.records import person_ids
from app.register.rules import person_key

SEATS = (
    (BRANCH, "书记", "王书记", "王建国"), (BRANCH, "委员", "田委员", "田春梅"), (BRANCH, "委员", "杜委员", "杜志强"),
    (RESIDENTS, "主任", "何主任", "何秀英"), (RESIDENTS, "副主任", "吴委员", "吴德福"),
    (RESIDENTS, "委员", "孙委员", "孙雪琴"), (RESIDENTS, "委员", "丁委员", "丁文军"),
    (OWNERS, "主任", "李委员", "李静怡"), (OWNERS, "委员", "许委员", "许宏伟"),
    (OWNERS, "委员", "韩委员", "韩美玲"), (OWNERS, "委员", "曹委员", "曹永红"),
    (PROPERTY, "项目经理", "郑经理", "郑家伟"), (PROPERTY, "客服主管", "冯主管", "冯小芳"),
)  # fmt: skip
ORGANISATIONS = (
    ("和风", "和风社工服务中心", "52310000MJ4900011", "苏若兰", "助餐、探访和心理支持，12名持证社工", "银杏路88号3楼"),
    ("同心", "同心公益发展中心", "52310000MJ4900022", "钟伟民", "为老服务和社区志愿者培训", "春晓街16号"),
    ("邻里", "邻里乐养服务社", "52310000MJ4900033", "任凤霞", "社区食堂和上门护理", "和平路205号"),
)
EVALUATORS = {"顾专家": "顾思远", "陆专家": "陆文军", "邵专家": "邵凤霞", "秦专家": "秦长青"}
NEIGHBOURS = 26
LOGINS = {
    "王书记": "shuji", "何主任": "juwei", "李委员": "yewei", "郑经理": "wuye", "林秘书": "mishu", "赵敏": "fuwutai",
    "陈女士": "jumin", "和风": "hefeng", "同心": "tongxin", "邻里": "linli", "顾专家": "pingshen", "管理员": "guanli",
}  # fmt: skip


def seat_code(place: int) -> str:
    """The code of a seat of `SEATS`: the party's letter and the seat's number in it."""
    party = SEATS[place][0]
    return f"{party[0]}{sum(seat[0] == party for seat in SEATS[: place + 1])}"


def _account(stage: Stage, who: str, name: str, roles: Sequence[str]) -> int:
    login = LOGINS.get(who, f"demo-{len(stage.people) + 1}")
    login = login if stage.slug == "wutongli" else f"{login}-{stage.slug}"
    account_id = create_account(name, login, PASSWORD if who in LOGINS else None)
    stage.people[who] = account_id
    if who in LOGINS:
        stage.logins[who] = (login, PASSWORD)
    for role in roles:
        grant_role(stage.house, stage.community_id, account_id, role, stage.day(370))
    return account_id


def seat_the_council(stage: Stage) -> None:
    """Thirteen seats of four parties get their holders for five years; the branch's secretary convenes."""
    for number, (party, title, who, name) in enumerate(SEATS):
        roles = [MEMBER, CONVENER] if number == 0 else [MEMBER]
        account_id = _account(stage, who, name, roles)
        first = stage.day(364)
        seat_id = add_seat(stage.house, stage.community_id, seat_code(number), party, title, first)
        appoint(
            stage.house,
            stage.community_id,
            seat_id,
            "holder",
            name,
            first,
            first.replace(year=first.year + 5, day=1),
            account_id,
        )


def open_the_desk(stage: Stage) -> None:
    """The secretary, the clerk of the service desk, the operator and the evaluators."""
    _account(stage, "林秘书", "林晓明", [SECRETARY])
    _account(stage, "赵敏", "赵敏", [CLERK])
    _account(stage, "管理员", "管理员", [OPERATOR])
    for who, name in EVALUATORS.items():
        _account(stage, who, name, [EVALUATOR])


def welcome_neighbours(stage: Stage, neighbours: Sequence[Neighbour]) -> None:
    """Owners use the code from the desk's letter; from now on their account speaks for the person of the register.

    An account is called as its owner likes to be addressed, and so is what they say.
    """
    known = person_ids(stage.community_id)
    first = author(neighbours)
    others = [one for one in neighbours if one is not first]
    step = max(1, len(others) // NEIGHBOURS)
    for number, neighbour in enumerate([first, *others[::step]][:NEIGHBOURS]):
        who = "陈女士" if number == 0 else f"neighbour-{number}"
        called = neighbour.name[0] + ("先生" if number % 2 else "女士")
        account_id = _account(stage, who, called, [])
        stage.labels[who] = public_label(called, f"{neighbour.building}号楼")
        print_ = fingerprint(f"{stage.community_id}|{person_key(neighbour.name, neighbour.phone, '')}", "person")
        code = invite(stage.house, stage.community_id, [RESIDENT, OWNER], Ref("person", known[print_]))
        accept_invitation(Actor(account_id), code)


def bring_organisations(stage: Stage) -> dict[str, int]:
    """Three social organisations register with their credit codes; where another community knows them they come as they are."""
    made = {}
    for who, name, unchecked, contact, summary, address in ORGANISATIONS:
        code = _with_check(unchecked)
        known, account = find_by_code(code), find_account(LOGINS[who])
        if known is not None and account is not None:
            stage.people[who], stage.logins[who] = account.id, (LOGINS[who], PASSWORD)
            grant_role(stage.house, stage.community_id, account.id, SUPPLIER, stage.day(360))
            made[who] = known.id
            continue
        account_id = _account(stage, who, contact, [SUPPLIER])
        given = Particulars(name, contact, "021-55550100", summary, address)
        made[who] = register_organisation(Actor(account_id), code, "service", given)
    return made


def _with_check(code: str) -> str:
    """A credit code with its check digit (GB 32100)."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(code))
    return code + signs[(31 - total % 31) % 31]
