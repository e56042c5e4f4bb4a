"""Where the council meets its neighbours: proposals on the agenda, resolutions, mandates, the timeline of a matter."""

from datetime import date

from flask import Flask

from app.assemblies import queries as assemblies
from app.core.house import describe, timeline, waiting_for, whose_turn
from app.core.permissions import RESIDENT
from app.core.values import ANYONE, Actor, Grant, Ref
from app.council import actions, queries
from app.identity.actions import create_account
from app.procurement.queries import find_mandate
from app.proposals import rules
from app.proposals.actions import admit_proposal, submit_proposal, support_proposal
from app.proposals.queries import get_by_number
from tests.conftest import Clock
from tests.council_world import CEILING, LAMPS, PROPERTY_BUILDS, Council, Held, convene, seat_council
from tests.world import PASSWORD, World

BODY = "楼道里的灯一半不亮，晚上老人回家看不清台阶，请换成感应灯。"


def admitted(world: World, owners_matter: int = rules.BY_COUNCIL) -> Ref:
    number = submit_proposal(world.actor("resident"), world.community_id, "更换楼道灯", BODY, None, "陈女士，2号楼")
    row = get_by_number(world.community_id, number)
    for neighbour in range(10):
        account = create_account(f"邻居{neighbour}", f"neighbour-{neighbour}", PASSWORD)
        support_proposal(Actor(account, frozenset({Grant(world.community_id, RESIDENT)})), row.id, row.version)
    admit_proposal(world.actor("secretary"), row.id, row.version, owners_matter)
    return row.matter


def held_on(world: World) -> Held:
    council = seat_council(world)
    item = queries.waiting_items(world.community_id)[0]
    held = convene(council, (item.matter, item.title))
    held.open()
    return held


def states(matter: Ref) -> dict[str, str]:
    return {station.name: station.state for station in timeline(matter)}


def test_an_admitted_proposal_waits_for_a_meeting_and_is_settled_by_it(app: Flask, world: World, clock: Clock) -> None:
    matter = admitted(world)
    assert [item.matter for item in queries.waiting_items(world.community_id)] == [matter]
    held = held_on(world)
    held.vote(held.ready(PROPERTY_BUILDS))
    resolution = queries.resolutions_of([held.id])[0]
    assert get_by_number(world.community_id, 1).state == rules.ADOPTED
    mandate = find_mandate(world.community_id, resolution.ref)
    assert mandate is not None
    assert (mandate.ceiling, mandate.purpose, mandate.matter) == (CEILING, "灯具和安装", matter)


def test_a_proposal_that_was_voted_down_is_settled_when_the_meeting_closes(
    app: Flask, world: World, clock: Clock
) -> None:
    admitted(world)
    held = held_on(world)
    held.vote(held.ready(), no="r1 r2 r3 o1 o2 o3")
    assert get_by_number(world.community_id, 1).state == rules.ADMITTED
    held.close()
    assert get_by_number(world.community_id, 1).state == rules.REJECTED


def test_a_resolution_without_money_gives_no_mandate(app: Flask, world: World, clock: Clock) -> None:
    admitted(world)
    held = held_on(world)
    held.vote(held.ready(ceiling=None, purpose=""))
    assert find_mandate(world.community_id, queries.resolutions_of([held.id])[0].ref) is None


def test_advice_to_the_owners_gives_no_mandate_either(app: Flask, world: World, clock: Clock) -> None:
    matter = admitted(world, owners_matter=5)
    assert queries.waiting_items(world.community_id)[0].owners_matter == 5
    held = held_on(world)
    held.vote(held.ready())
    resolution = queries.resolutions_of([held.id])[0]
    assert resolution.owners_matter == 5
    assert find_mandate(world.community_id, resolution.ref) is None
    assert states(matter)["vote"] != "done"


def test_advice_to_the_owners_begins_a_notice_with_everything_filled_in(app: Flask, world: World, clock: Clock) -> None:
    matter = admitted(world, owners_matter=5)
    held = held_on(world)
    held.vote(held.ready(ceiling=CEILING, purpose="灯具和安装"))
    [row] = assemblies.drafts(world.community_id)
    [item] = row.draft.items
    assert (item.matter, item.ref, item.question) == (5, matter, "您是否同意更换楼道灯，费用不超过38,640.00元？")
    secretary = world.actor("secretary")
    with app.test_request_context(f"/c/{world.slug}/"):
        app.preprocess_request()
        turn = whose_turn(matter, secretary)[0]
        assert (turn.mine, turn.url) == (True, f"/c/{world.slug}/assemblies/drafts/{row.id}/matters")
        assert turn.url in [todo.url for todo in waiting_for(world.community_id, secretary)]


def test_the_timeline_follows_the_matter_through_the_council(
    app: Flask, council: Council, world: World, clock: Clock
) -> None:
    actions.propose_agenda_item(council.secretary, council.community_id, LAMPS, "更换楼道灯")
    assert states(LAMPS)["vote"] == "to-come"
    held = convene(council)
    station = next(one for one in timeline(LAMPS) if one.name == "vote")
    assert (station.state, station.until) == ("to-come", date(2026, 3, 6))
    held.open()
    assert states(LAMPS)["vote"] == "now"
    held.vote(held.ready())
    actions.assign_task(council.secretary, held.id, "property", date(2026, 3, 20), "公布施工时间表", held.items[0])
    assert (states(LAMPS)["vote"], states(LAMPS)["resolve"]) == ("done", "now")
    held.close()
    held.sign()
    assert (states(LAMPS)["resolve"], states(LAMPS)["carry-out"]) == ("done", "now")


def test_whose_turn_it_is_in_a_matter_is_said_at_every_stage(
    app: Flask, council: Council, world: World, clock: Clock
) -> None:
    actions.propose_agenda_item(council.secretary, council.community_id, LAMPS, "更换楼道灯")
    mine = whose_turn(LAMPS, council.secretary)[0]
    assert (mine.act, mine.mine) == ("秘书把这件事列入一次会议", True)
    assert not whose_turn(LAMPS, ANYONE)[0].mine
    held = convene(council)
    coming = whose_turn(LAMPS, council.member("o1"))[0]
    assert (coming.by, coming.mine) == (held.starts_at, False)
    held.open()
    assert whose_turn(LAMPS, council.member("o1"))[0].mine
    held.vote(held.ready())
    held.close()
    assert whose_turn(LAMPS, ANYONE)[0].act == "四方签署会议纪要"
    held.sign()
    assert whose_turn(LAMPS, ANYONE) == []


def test_what_the_council_made_has_names_and_addresses_for_others(
    app: Flask, council: Council, world: World, clock: Clock
) -> None:
    held = convene(council)
    held.open()
    motion_id = held.ready()
    held.vote(motion_id)
    resolution = queries.resolutions_of([held.id])[0]
    refs = [Ref("meeting", held.id), Ref("motion", motion_id), resolution.ref, Ref("seat", council.seats["b1"])]
    found = describe([*refs, Ref("meeting", 999)])
    assert [found[ref].url for ref in refs] == [
        "/c/wutongli/meetings/1",
        "/c/wutongli/meetings/1/motions/1",
        "/c/wutongli/resolutions/2026/1",
        "/c/wutongli/council/seats/b1",
    ]
    assert found[resolution.ref].title == "梧议〔2026〕1号 更换楼道灯和夜间照明"
    assert len(found) == 4


def test_what_waits_is_ordered_by_its_deadline(app: Flask, council: Council, world: World, clock: Clock) -> None:
    held = convene(council)
    assert waiting_for(council.community_id, council.member("o1")) == []
    held.open()
    assert [todo.url for todo in waiting_for(council.community_id, council.member("o1"))] == ["/c/wutongli/meetings/1"]
    held.close()
    actions.object_to_minutes(council.member("o1"), held.id, 0, "地点不对啊")
    urls = [todo.url for todo in waiting_for(council.community_id, council.secretary)]
    assert "/c/wutongli/meetings/1/minutes/objections/1/answer" in urls
    assert "/c/wutongli/meetings/new" in urls
    assert waiting_for(world.other_id, council.member("o1")) == []
