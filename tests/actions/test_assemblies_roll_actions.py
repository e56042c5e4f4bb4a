"""Several matters on one notice, corrections before the freeze, objections after, and a fifth that asks."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select

from app.assemblies import actions, queries
from app.assemblies.rules import Draft, DraftItem
from app.bylaws.actions import publish_rule
from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound, Refused
from app.core.values import Actor, Ref, the_house
from app.journal import queries as journal
from app.register.actions import enter_voter, import_register
from app.register.models import Person
from app.voting import queries as voting
from app.voting.actions import annul_poll, cast_ballot
from tests.books import SMALL, TODAY, read
from tests.conftest import Clock
from tests.world import World

ITEMS = (DraftItem("更换水泵", "是否同意更换水泵？", 5), DraftItem("加装电梯", "是否同意加装电梯？", 7))


@pytest.fixture
def people(world: World, clock: Clock) -> dict[str, Ref]:
    """Everybody of the register by name."""
    import_register(the_house(world.community_id), world.community_id, read(SMALL), "0" * 64, TODAY)
    return {row.name: Ref("person", row.id) for row in db.session.scalars(select(Person))}


def convened(world: World, clock: Clock, items: tuple[DraftItem, ...] = ITEMS, **ways: object) -> actions.Convened:
    opens = clock.now + timedelta(days=16)
    draft = Draft(title="三月的业主大会", items=items, **ways)  # type: ignore[arg-type]  # fields of a draft by name
    return actions.convene(world.actor("secretary"), world.community_id, draft, opens, opens + timedelta(days=13))


def owner(world: World, person: Ref) -> Actor:
    return world.actor("owner", person)


def test_each_matter_on_a_notice_has_a_vote_of_its_own(world: World, clock: Clock, people: dict[str, Ref]) -> None:
    made = convened(world, clock)
    items = queries.items_of([made.assembly_id])[made.assembly_id]
    assert [(item.title, item.matter) for item in items] == [("更换水泵", 5), ("加装电梯", 7)]
    polls = [item.poll for item in items if item.poll]
    assert [(poll.question, poll.terms.thresholds[2].denominator, poll.state) for poll in polls] == [
        ("是否同意更换水泵？", 2, "planned"), ("是否同意加装电梯？", 4, "planned"),
    ]  # fmt: skip
    clock.set(polls[0].opens_at)
    assert (actions.open_due(), actions.open_due()) == (2, 0)
    assert {voting.get_poll(poll.id).lines for poll in polls} == {5}


def test_a_window_that_is_too_short_or_a_kind_that_is_missing_calls_nobody(
    world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    opens = clock.now + timedelta(days=16)
    for draft, days, why in (
        (Draft(title="会", items=ITEMS), 3, "至少要开放"),
        (Draft(title="会", items=ITEMS), 60, "最多开放"),
        (Draft(title="会", items=(DraftItem("事", "好吗？"),)), 13, "哪一类"),
        (Draft(title="会", items=ITEMS, follow_majority=True), 13, "没有公布"),
    ):
        with pytest.raises(Refused, match=why):
            actions.convene(world.actor("secretary"), world.community_id, draft, opens, opens + timedelta(days=days))
    assert queries.assemblies(world.community_id) == []


def test_what_the_compound_published_decides_what_counts(world: World, clock: Clock, people: dict[str, Ref]) -> None:
    secretary, tomorrow = world.actor("secretary"), TODAY + timedelta(days=1)
    for key, value in (("owners.follow_majority", 1), ("owners.counts.business", 0)):
        publish_rule(secretary, world.community_id, key, Fraction(value), tomorrow, "《议事规则》第十二条", "业主大会通过")  # fmt: skip
    clock.forward(days=2)
    made = convened(world, clock, follow_majority=True)
    poll = voting.get_poll(made.poll_id)
    assert poll.terms.follow_majority
    clock.set(poll.opens_at)
    actions.open_due()
    assert voting.get_poll(made.poll_id).lines == 3


def test_an_accepted_correction_applies_to_the_roll_and_a_refused_one_does_not(
    world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    made, here = convened(world, clock), world.community_id
    his = owner(world, people["高志强"])
    assert actions.ask_correction(his, here, made.number, "1-1-102", "area", "房产证上是63.00", 6300) == 1
    assert actions.ask_correction(his, here, made.number, "1-1-201", "not-mine", "去年卖掉了，已过户") == 2
    clerk = world.actor("clerk")
    actions.answer_correction(clerk, here, made.number, 1, True, "房产证已核对，名册也要改")
    actions.answer_correction(clerk, here, made.number, 2, False, "登记簿上还是您的名字")
    with pytest.raises(Refused, match="已经答复"):
        actions.answer_correction(clerk, here, made.number, 2, True, "再看一次，也可以")
    poll = voting.get_poll(made.poll_id)
    clock.set(poll.opens_at)
    actions.open_due()
    lines = {line.entry.key: line.entry for line in voting.roll_of(made.poll_id)}
    assert (lines["1-1-102"].area, lines["1-1-201"].area) == (6300, 6238)
    assert lines["1-1-102"].head == lines["1-1-201"].head
    told = [line.event for line in journal.history(here, queries.get_assembly(here, made.number).ref)]
    assert (told.count("CorrectionAsked"), told.count("CorrectionAnswered")) == (2, 2)
    with pytest.raises(Refused, match="不能再更正"):
        actions.ask_correction(his, here, made.number, "1-1-102", "area", "又不对了，请再改", 6400)


def residents_called(world: World, clock: Clock) -> actions.Convened:
    opens = clock.now + timedelta(days=3)
    draft = Draft(title="问问大家", items=(DraftItem("换灯", "换不换灯？"),), electorate="residents")
    return actions.convene(world.actor("secretary"), world.community_id, draft, opens, opens + timedelta(days=7))


def test_residents_have_their_roll_corrected_before_it_is_frozen(
    world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    made, here = residents_called(world, clock), world.community_id
    gao, song, li = (people[name] for name in ("高志强", "宋美玲", "李凤霞"))
    ask = actions.ask_correction
    his = owner(world, gao)
    assert ask(his, here, made.number, "1-1-201", "mine", "上个月搬回来住了，没登记") == 1
    assert ask(owner(world, song), here, made.number, "1-1-102", "not-mine", "租约到期，已经搬走了") == 2
    assert ask(owner(world, li), here, made.number, "1-1-101", "not-mine", "住到女儿家去了，别算我") == 3
    with pytest.raises(Refused, match="已经有您"):
        ask(owner(world, song), here, made.number, "1-1-102", "mine", "我住在这里，请看一下")
    with pytest.raises(Refused, match="这一户"):
        ask(his, here, made.number, "9-9-999", "mine", "我住在这里，请看一下")
    stranger = Actor(None, frozenset(), frozenset())
    with pytest.raises(Forbidden):
        ask(stranger, here, made.number, "1-1-201", "mine", "我住在这里，请看一下")
    elsewhere = Actor(world.accounts["owner"], frozenset(), frozenset({Ref("person", 999)}))
    with pytest.raises(Refused, match="连上"):
        ask(elsewhere, here, made.number, "1-1-201", "mine", "我住在这里，请看一下")
    with pytest.raises(NotFound):
        ask(his, world.other_id, made.number, "1-1-201", "mine", "我住在这里，请看一下")
    clerk = world.actor("clerk")
    for number, accepted in ((1, True), (2, True), (3, False)):
        actions.answer_correction(clerk, here, made.number, number, accepted, "已经和本人核对过了")
    before = voting.get_poll(made.poll_id)
    clock.set(before.opens_at)
    assert (actions.open_due(), actions.open_due()) == (1, 0)
    keys = {line.entry.key for line in voting.roll_of(made.poll_id)}
    assert keys == {f"p{people[name].id}" for name in ("郭晓东", "李凤霞", "高志强")}
    cast_ballot(his, made.poll_id, f"p{gao.id}", "yes")
    with pytest.raises(Refused, match="不能再更正"):
        ask(his, here, made.number, "1-1-201", "not-mine", "又搬走了，请去掉我")
    assert actions.raise_objection(his, here, made.number, "1-1-201", "我家门口没贴通知，请查一查") == 1


def test_a_co_owner_who_named_the_other_is_told_and_may_object(
    world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    he, she = people["郭晓东"], people["李凤霞"]
    enter_voter(world.actor("clerk"), world.community_id, "1-1-101", he.id, "3月2日签，存服务台")
    made = convened(world, clock, ITEMS[:1])
    poll = queries.items_of([made.assembly_id])[made.assembly_id][0].poll
    assert poll is not None
    clock.set(poll.opens_at)
    actions.open_due()
    poll = voting.get_poll(poll.id)
    assert [one.at for one in voting.told_lines(poll, [she])] == [None]
    assert voting.told_lines(poll, [he]) == []
    assert voting.lines_of(poll, [she]) == []
    with pytest.raises(Refused, match="推选了另一位"):
        cast_ballot(owner(world, she), poll.id, "1-1-101", "yes")
    cast_ballot(owner(world, he), poll.id, "1-1-101", "yes")
    [told] = voting.told_lines(poll, [she])
    assert (told.channel, told.at) == ("online", clock.now)
    number = queries.assemblies(world.community_id)[0].number
    reason = "投票的时间太短了，我们没来得及商量。"
    assert actions.raise_objection(owner(world, she), world.community_id, number, "1-1-101", reason) == 1


def test_after_the_freeze_an_objection_is_owed_an_answer_by_a_day(
    world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    made, here = convened(world, clock), world.community_id
    his = owner(world, people["高志强"])
    with pytest.raises(Refused, match="更正"):
        actions.raise_objection(his, here, made.number, "1-1-102", "面积还是不对")
    clock.set(voting.get_poll(made.poll_id).opens_at)
    actions.open_due()
    assert actions.raise_objection(his, here, made.number, "1-1-102", "面积还是不对") == 1
    [row] = queries.objections(made.assembly_id)
    assert row.due_at > clock.now
    with pytest.raises(Refused, match="没有您"):
        actions.raise_objection(owner(world, people["宋美玲"]), here, made.number, "", "投票没有通知我")
    actions.answer_objection(world.actor("convener"), here, made.number, 1, False, "已对照房产证，面积没有错")
    with pytest.raises(Refused, match="已经答复"):
        actions.answer_objection(world.actor("convener"), here, made.number, 1, True, "再答复一次看看")
    for missing in (actions.answer_objection, actions.answer_correction):
        with pytest.raises(NotFound):
            missing(world.actor("secretary"), here, made.number, 9, True, "没有这一项的答复")


def test_a_fifth_of_the_owners_makes_it_a_duty_with_a_clock(world: World, clock: Clock, people: dict[str, Ref]) -> None:
    here = world.community_id
    number = actions.ask_for_assembly(owner(world, people["高志强"]), here, "owners", "换物业", "垃圾三天没有人清运")
    row = queries.get_request(here, number)
    assert (row.asking, row.total) == (1, 3)
    assert row.reached_at == clock.now
    assert row.due_at is not None
    events = [line.event for line in journal.history(here, Ref("assembly_request", row.id))]
    assert events == ["AssemblyOwed", "RequestSupported", "AssemblyAskedFor"]
    with pytest.raises(Refused, match="名册上"):
        actions.support_request(owner(world, people["宋美玲"]), here, number)
    actions.support_request(owner(world, people["李凤霞"]), here, number)
    assert queries.get_request(here, number).asking == 2
    actions.leave_request(owner(world, people["李凤霞"]), here, number)
    assert queries.get_request(here, number).asking == 1
    draft = Draft(title="换物业", items=ITEMS[:1], notice="通知全体业主", request=row.id,
                  opens_on="2026-03-20", closes_on="2026-04-02")  # fmt: skip
    secretary = world.actor("secretary")
    made = actions.convene_draft(secretary, here, actions.begin_draft(secretary, here, draft))
    assert queries.get_request(here, number).assembly_id == made.assembly_id
    assert queries.get_assembly(here, made.number).extraordinary
    with pytest.raises(Refused, match="已经召集"):
        actions.support_request(owner(world, people["李凤霞"]), here, number)


def test_residents_ask_by_heads_of_those_who_live_here(world: World, clock: Clock, people: dict[str, Ref]) -> None:
    number = actions.ask_for_assembly(
        world.actor("resident", people["宋美玲"]), world.community_id, "residents", "夜间施工", "夜里十点以后还在施工"
    )
    row = queries.get_request(world.community_id, number)
    assert row.asking == 1
    assert row.total == len({"郭晓东", "李凤霞", "宋美玲"})


def test_what_is_written_is_kept_step_by_step_and_only_for_whoever_convenes(
    world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    here, secretary = world.community_id, world.actor("secretary")
    draft_id = actions.begin_draft(secretary, here, Draft())
    actions.save_draft(secretary, here, draft_id, Draft(title="半句"), 0)
    with pytest.raises(Conflict, match="另一个窗口"):
        actions.save_draft(secretary, here, draft_id, Draft(title="别的"), 0)
    assert queries.get_draft(here, draft_id).draft.title == "半句"
    with pytest.raises(Refused, match="哪一天"):
        actions.convene_draft(secretary, here, draft_id)
    for outsider in (world.actor("owner"), world.actor("clerk")):
        with pytest.raises(Forbidden):
            actions.save_draft(outsider, here, draft_id, Draft(), 1)
    with pytest.raises(NotFound):
        actions.save_draft(the_house(world.other_id), world.other_id, draft_id, Draft(), 1)
    actions.drop_draft(secretary, here, draft_id)
    assert queries.drafts(here) == []


def test_what_was_annulled_is_written_again_and_names_its_old_vote(
    world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    here, secretary = world.community_id, world.actor("secretary")
    made = convened(world, clock)
    annul_poll(world.actor("convener"), made.poll_id, "通知没有送到六号楼，要重新投票。")
    draft = actions.prefilled(here, made.number)
    assert [(item.title, item.succeeds) for item in draft.items] == [("更换水泵", made.poll_id)]
    opens = clock.now + timedelta(days=16)
    again = actions.convene(secretary, here, draft, opens, opens + timedelta(days=13))
    assert voting.get_poll(again.poll_id).succeeds == made.poll_id
