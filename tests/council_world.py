"""A council for tests: thirteen seats as in the look, with an account each, and a meeting brought to any stage."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.core import clock
from app.core.values import Actor, Grant, Ref, the_house
from app.council import actions, queries
from app.identity.actions import create_account, grant_role
from app.voting.actions import cast_ballot
from app.wiring.login import actor_of
from tests.page_client import PageClient
from tests.world import PASSWORD, World

NewClient = Callable[[], PageClient]

SEATS = {
    "b1": ("branch", "支部书记", "王建国"),
    "b2": ("branch", "支部委员", "孙丽"),
    "b3": ("branch", "支部委员", "周平"),
    "r1": ("residents", "居委会主任", "何芳"),
    "r2": ("residents", "居委会副主任", "吴建"),
    "r3": ("residents", "居委会委员", "冯琴"),
    "r4": ("residents", "居委会委员", "陆明"),
    "o1": ("owners", "业委会主任", "李敏"),
    "o2": ("owners", "业委会副主任", "钱进"),
    "o3": ("owners", "业委会委员", "沈静"),
    "o4": ("owners", "业委会委员", "韩冬"),
    "p1": ("property", "项目经理", "郑强"),
    "p2": ("property", "客服主管", "潘悦"),
}
FIRST_DAY = date(2025, 1, 1)
LAMPS = Ref("wish", 23)
TITLE = "更换楼道灯和夜间照明"
TEXT = "1至6号楼楼道灯更换为感应灯，步行道增设路灯12盏。\n物业公司于2027年1月31日前完成，居委会、业委会共同验收。"
CEILING = 3_864_000
PROPERTY_BUILDS = ("property", None, "承接本工程")


@dataclass(slots=True)
class Council:
    """Numbers of what was made, by the codes of the seats."""

    world: World
    seats: dict[str, int] = field(default_factory=dict)
    terms: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)

    @property
    def community_id(self) -> int:
        """The community of the council."""
        return self.world.community_id

    def login(self, code: str) -> str:
        """The sign-in name of a seat's holder."""
        return f"seat-{code}"

    def member(self, code: str) -> Actor:
        """Whoever holds a seat (or `o1-alternate`), with what they speak for now; `b1` is the convener, too."""
        account_id = self.accounts[code]
        roles = {"member", "convener"} if code == "b1" else {"member"}
        grants = frozenset(Grant(self.community_id, role) for role in roles)
        return Actor(account_id, grants, actor_of(account_id).acts_as)

    @property
    def secretary(self) -> Actor:
        """Who keeps the record."""
        return self.world.actor("secretary")

    @property
    def convener(self) -> Actor:
        """Who presides, from the first seat of the branch."""
        return self.member("b1")

    def add_alternate(self, code: str, name: str = "何青") -> None:
        """Somebody may stand in for a seat."""
        account_id = create_account(name, f"seat-{code}-alternate", PASSWORD)
        self.accounts[f"{code}-alternate"] = account_id
        self.terms[f"{code}-alternate"] = actions.appoint(
            the_house(self.community_id),
            self.community_id,
            self.seats[code],
            "alternate",
            name,
            FIRST_DAY,
            account_id=account_id,
        )


@dataclass(slots=True)
class Held:
    """One meeting of a council."""

    council: Council
    number: int
    id: int
    starts_at: datetime

    def arrive(self, *codes: str) -> None:
        """These seats are filled, by the secretary's roll call."""
        for code in codes or SEATS:
            term = self.council.terms[code]
            seat = self.council.seats[code.removesuffix("-alternate")]
            actions.record_arrival(self.council.secretary, self.id, seat, term)

    def open(self, *codes: str) -> None:
        """It is time, they come, and the convener opens."""
        clock.set_to(max(self.starts_at, clock.tick()))
        self.arrive(*codes)
        actions.open_meeting(self.council.convener, self.id)

    @property
    def items(self) -> list[int]:
        """The numbers of its matters."""
        return [item.id for item in queries.items_of([self.id])]

    def motion(self, by: str = "o1", second: str | None = "r1", **rest: object) -> int:
        """A motion is moved and seconded; answers its number of the database."""
        values = {"text": TEXT, "ceiling": CEILING, "purpose": "灯具和安装", **rest}
        item = int(str(values.pop("item", self.items[0])))
        number = actions.move(self.council.member(by), self.id, item, **values)  # type: ignore[arg-type]  # values of move
        motion_id = queries.get_motion(self.id, number).id
        if second:
            actions.second(self.council.member(second), motion_id)
        return motion_id

    def ready(self, *claims: tuple[str, int | None, str], **rest: object) -> int:
        """A motion whose interests are stated."""
        motion_id = self.motion(**rest)
        actions.state_interests(self.council.convener, motion_id, claims)
        return motion_id

    def vote(self, motion_id: int, no: str = "", abstain: str = "", silent: str = "", end: bool = True) -> None:
        """The vote opens, every present seat that may vote does (yes unless named), and the chair ends it."""
        poll_id = actions.put_to_vote(self.council.convener, motion_id)
        claims = [found.claim for found in queries.claims_of([motion_id])]
        for code, (party, _, _) in SEATS.items():
            back = any(claim.holds and claim.party == party and claim.seat_id is None for claim in claims)
            if back or code in silent.split() or not self.sits(code):
                continue
            choice = "no" if code in no.split() else "abstain" if code in abstain.split() else "yes"
            cast_ballot(self.council.member(code), poll_id, code, choice)
        if end:
            actions.end_vote(self.council.convener, motion_id)

    def sits(self, code: str) -> bool:
        """Whether the holder of a seat is there."""
        return queries.attendance_row(self.id, self.council.seats[code]) is not None

    def close(self) -> None:
        """The chair closes the meeting."""
        actions.close_meeting(self.council.convener, self.id)

    def sign(self, *codes: str) -> bool:
        """These sign for their parties, once the objections have been heard."""
        minutes = queries.get_minutes(self.id)
        clock.set_to(max(clock.tick(), minutes.objections_until + timedelta(seconds=1)))
        return [actions.sign_minutes(self.council.member(code), self.id) for code in codes or ("b1", "r1", "o1", "p1")][
            -1
        ]


def seat_council(world: World) -> Council:
    """Thirteen seats of four parties, each with a holder who has an account."""
    council, house = Council(world), the_house(world.community_id)
    for code, (party, title, name) in SEATS.items():
        seat_id = actions.add_seat(house, world.community_id, code, party, title, FIRST_DAY)
        account_id = create_account(name, council.login(code), PASSWORD)
        council.seats[code], council.accounts[code] = seat_id, account_id
        council.terms[code] = actions.appoint(
            house, world.community_id, seat_id, "holder", name, FIRST_DAY, date(2027, 12, 31), account_id
        )
    grant_role(house, world.community_id, council.accounts["b1"], "convener", FIRST_DAY)
    return council


def convene(council: Council, *matters: tuple[Ref, str], days: int = 4) -> Held:
    """A meeting with these matters on its notice, some days from now at 19:00."""
    secretary, community_id = council.secretary, council.community_id
    items = [
        actions.propose_agenda_item(secretary, community_id, matter, title)
        for matter, title in matters or ((LAMPS, TITLE),)
    ]
    starts_at = (clock.tick() + timedelta(days=days)).replace(hour=11, minute=0)
    number = actions.convene_meeting(secretary, community_id, starts_at, "社区二楼会议室", items)
    return Held(council, number, queries.get_meeting(community_id, number).id, starts_at)


def as_member(council: Council, code: str, new_client: NewClient) -> PageClient:
    """Whoever holds a seat, signed in with a browser of their own."""
    client = new_client()
    client.sign_in(council.login(code), PASSWORD)
    return client


def as_role(council: Council, role: str, new_client: NewClient) -> PageClient:
    """Somebody of the world with a role, signed in with a browser of their own."""
    client = new_client()
    client.sign_in(council.world.login(role), PASSWORD)
    return client


def minutes_of(council: Council) -> Held:
    """A meeting that adopted one motion, gave one task, and has closed."""
    held = convene(council)
    held.open()
    motion_id = held.ready(PROPERTY_BUILDS)
    held.vote(motion_id, no="r2", abstain="o3")
    actions.record_dissent(council.member("r2"), motion_id, "路灯应装在西侧坡道")
    actions.assign_task(council.secretary, held.id, "property", date(2026, 3, 20), "公布施工时间表", held.items[0])
    clock.set_to(clock.tick() + timedelta(minutes=85))
    held.close()
    return held
