"""When the owners or the residents are called to vote, the call is posted and has to reach every household."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from app.assemblies.events import AssemblyConvened
from app.assemblies.queries import AssemblyRow, get_assembly, roll_on
from app.bylaws.queries import law, workdays
from app.communities.queries import get_community
from app.core import clock
from app.core.context import CommunityValue
from app.core.house import House
from app.core.values import Actor, Ref
from app.publication.actions import publish_posting
from app.publication.rules import LAW_KEYS, OWNERS_NOTICE, RESIDENTS_NOTICE, Draft, term_end
from app.register.queries.rolls import homes_roll

PLACES = ("board", "halls", "gate", "online")
LONGEST = 80


def register(house: House) -> None:
    """Hang up."""
    house.cross(AssemblyConvened, post_the_call)


def post_the_call(event: AssemblyConvened, actor: Actor, matter: Ref | None) -> None:
    """The call hangs from today until the vote closes; its delivery list is the roll as the register has it today.

    The owners are to be reached one by one (指导规则 22); to the residents it is brought home by home, too, and a notice in
    the building reaches those who live there.
    """
    here = get_community(event.community_id)
    today = clock.today(here.zone)
    here_law, assembly = partial(law, here.id), get_assembly(here.id, event.number)
    if event.electorate != "owners":
        if not assembly.imported:
            _post_to_residents(event, actor, matter, assembly)
        return
    call = Draft(
        OWNERS_NOTICE,
        f"请业主投票：{assembly.title}"[:LONGEST],
        _text(event, assembly, here, here_law("owners.notice", today).whole),
        today,
        PLACES,
        event.closes_at.astimezone(ZoneInfo(here.zone)).date(),
    )
    term = here_law(LAW_KEYS[OWNERS_NOTICE], today)
    people = roll_on(event.assembly_id, here.id, event.electorate, today)
    publish_posting(actor, here.id, call, term, matter=matter, source=matter, lines=people, automatic=True)


def _post_to_residents(event: AssemblyConvened, actor: Actor, matter: Ref | None, assembly: AssemblyRow) -> None:
    here = get_community(event.community_id)
    today, closes = clock.today(here.zone), event.closes_at.astimezone(ZoneInfo(here.zone)).date()
    term = law(here.id, LAW_KEYS[RESIDENTS_NOTICE], today)
    text = [_when(event, here)]
    if assembly.notice:
        text.append(assembly.notice)
    else:
        text.append(f"问大家的事：{assembly.title}。")
        text += [
            "住在本社区的居民每人投一票。投票是征求意见，供作决定时参考。",
            f"可以在网上投，也可以到服务台投{_desk(here)}。",
        ]
    least = term_end(today, term, workdays(here.id)).last
    call = Draft(
        RESIDENTS_NOTICE,
        f"请居民投票：{assembly.title}"[:LONGEST],
        "\n".join(text),
        today,
        PLACES,
        max(closes, least),
    )
    homes = homes_roll(here.id, today)
    publish_posting(actor, here.id, call, term, matter=matter, source=matter, lines=homes, automatic=True)


def _when(event: AssemblyConvened, here: CommunityValue) -> str:
    opens, closes = (at.astimezone(ZoneInfo(here.zone)) for at in (event.opens_at, event.closes_at))
    return f"请在{_moment(opens)}至{_moment(closes)}之间投票。"


def _desk(here: CommunityValue) -> str:
    desk = "，".join(words for words in (here.address, here.desk_hours, here.phone and f"电话{here.phone}") if words)
    return f"（{desk}）" if desk else ""


def _text(event: AssemblyConvened, assembly: AssemblyRow, here: CommunityValue, notice: int) -> str:
    """When, in one sentence; then the notice as it was written, or the call in plain words: what, how, by which rule."""
    when = _when(event, here)
    if assembly.notice:
        return f"{when}\n{assembly.notice}"
    rule = "每一套房屋投一票，共有的由其中一人投。面积和人数都要达到三分之二参加，才算有效（民法典第二百七十八条）。"
    where = _desk(here)
    return "\n".join(
        (
            when,
            f"表决的事：{assembly.title}。没有写在这份通知上的事，这次不能表决。",
            rule,
            f"可以在网上投，也可以到服务台投纸质票{where}。",
            f"依照《物业管理条例》第十四条，投票开始的{notice}天以前通知全体业主。送达时请签收；签收只表示收到，不表示同意。",
        )
    )


def _moment(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日{at.hour}:{at.minute:02}"
