"""What calling the owners, voting on paper and the four deliberations leave behind, for whoever looks at the pages."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.assemblies import actions as assemblies
from app.assemblies.rules import Draft, DraftItem
from app.core.db import db
from app.core.values import Entry, Ref, the_house
from app.foursteps import actions as foursteps
from app.publication.queries import standing_postings
from app.publication.rules import OWNERS_NOTICE
from app.register.actions import import_register
from app.register.models import Person
from app.voting import actions, queries
from app.voting.queries import papers
from app.voting.rules.papers import PER_UNIT
from tests.books import SMALL, TODAY, read
from tests.conftest import Clock
from tests.desks import FIRST, received
from tests.polls import after_close, cast, open_owners, speaks_for, units
from tests.world import World

REASON = "两栋楼的选票没有送达，通知也少了三天，程序不合规定。"
HOME, HIS = "1-1-101", "1-1-102"
"""The flat of a couple; the flat of 高志强, who signs in as the owner."""
ITEMS = (
    DraftItem("更换水泵", "是否同意更换水泵？", 5),
    DraftItem("加装电梯", "是否同意加装电梯？", 7),
)


@dataclass(slots=True)
class Called:
    """Numbers for addresses: polls `running`, `over`, `annulled`; an assembly, a draft, a request, a mandate, a print."""

    assembly: int
    draft: int
    request: int
    chain: int
    running: int
    over: int
    annulled: int
    mandate: int
    print: int
    receipt: str
    code: str
    posting: int


def take_in(world: World) -> None:
    """The register: 高志强 signs in as the owner, 郭晓东 as the resident."""
    import_register(the_house(world.community_id), world.community_id, read(SMALL), "0" * 64, TODAY)
    found = {row.name: Ref("person", row.id) for row in db.session.scalars(select(Person))}
    speaks_for(world.accounts["owner"], found["高志强"])
    speaks_for(world.accounts["resident"], found["郭晓东"])


def call(world: World, clock: Clock, homes: int = 6, times: int = 1) -> Called:
    """From the notice to the result, every list so many `times` long; votes have two buildings of so many `homes`."""
    assembly, draft, request = _assembly(world, clock, times)
    for _ in range(times):
        chain = _chain(world)
    over, annulled = _over(world, clock, homes), _annulled(world, homes)
    poll_id, roll = _open(world, homes)
    speaks_for(world.accounts["owner"], *(ref for entry in roll[:times] for ref in entry.voters))
    receipt = cast(world, poll_id, roll[0], "yes").code
    for place, entry in enumerate(roll[:times]):
        mandate = actions.register_mandate(
            world.actor(FIRST), poll_id, entry.key, f"受托人{place}", f"1990000{place:04}"
        )
    for entry in roll[times : times * 4]:
        received(world, poll_id, entry)
    while actions.issue_papers(world.actor("secretary"), poll_id, PER_UNIT):
        pass
    for _ in range(times):
        printed = actions.begin_print(world.actor("secretary"), poll_id, PER_UNIT)
    posting = max(row.number for row in standing_postings(world.community_id) if row.kind == OWNERS_NOTICE)
    code = papers.sheets_of(poll_id)[5].code
    return Called(
        assembly, draft, request, chain, _number(poll_id), over, annulled, mandate, printed, receipt, code, posting,
    )  # fmt: skip


def _number(poll_id: int) -> int:
    return queries.get_poll(poll_id).number


def _open(world: World, homes: int) -> tuple[int, list[Entry]]:
    roll = units(2, homes)
    return open_owners(world, roll, days=20, proxy_limit=3), roll


def _chain(world: World) -> int:
    return foursteps.begin_chain(world.actor("secretary"), world.community_id, "东侧空地改口袋公园", "改成口袋公园。")


def _assembly(world: World, clock: Clock, times: int) -> tuple[int, int, int]:
    """A notice, a correction that waits for its answer; the vote opens, an objection, somebody asks for another."""
    here, secretary, owner = world.community_id, world.actor("secretary"), world.actor("owner")
    opens = clock.now + timedelta(days=16)
    notice = Draft(title="使用维修资金", items=ITEMS, notice="通知全体业主")
    for _ in range(times):
        made = assemblies.convene(secretary, here, notice, opens, opens + timedelta(days=50))
    for _ in range(times):
        assemblies.ask_correction(owner, here, made.number, HIS, "area", "房产证上是63.00", 63_00)
    clock.set(queries.get_poll(made.poll_id).opens_at)
    assemblies.open_due()
    first, last = ((clock.now + timedelta(days=days)).date().isoformat() for days in (20, 40))
    draft = Draft(title="秋天的业主大会", items=ITEMS, opens_on=first, closes_on=last, notice="通知全体业主")
    for _ in range(times):
        assemblies.raise_objection(owner, here, made.number, HIS, "面积还是不对，请再查")
        request = assemblies.ask_for_assembly(owner, here, "owners", "换物业", "垃圾三天没有人清运")
        draft_id = assemblies.begin_draft(secretary, here, draft)
    return made.number, draft_id, request


def _over(world: World, clock: Clock, homes: int) -> int:
    poll_id, roll = _open(world, homes)
    for place, entry in enumerate(roll[:-2]):
        cast(world, poll_id, entry, "no" if place % 5 == 4 else "yes")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    return _number(poll_id)


def _annulled(world: World, homes: int) -> int:
    poll_id, _ = _open(world, homes)
    actions.annul_poll(world.actor("convener"), poll_id, REASON)
    return _number(poll_id)
