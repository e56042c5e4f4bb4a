"""What may be asked of a roll, who may ask for an assembly, and what is wrong with a notice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assemblies import rules
from app.assemblies.rules import MATTERS, Change, Draft, DraftItem, corrected
from app.assemblies.rules.corrections import MINE, NOT_MINE
from app.core.law.rows import law_row
from app.core.values import Entry, Ref, Refusal

TODAY = date(2026, 3, 2)
FIFTH = law_row("owners.extraordinary", TODAY)
SHORTEST, LONGEST = law_row("owners.window.shortest", TODAY), law_row("owners.window.longest", TODAY)
FOLLOW = law_row("owners.follow_majority", TODAY)
WANG, LI = Ref("person", 1), Ref("person", 2)
ROLL = [
    Entry("1-101", "1号楼101", "1", "p1+p2", area=8950, voters=(WANG, LI)),
    Entry("1-102", "1号楼102", "1", "p3", area=6238, voters=(Ref("person", 3),)),
]
ITEM = DraftItem("更换水泵", "是否同意更换水泵？", 5)


def words(refusal: Refusal | None) -> str:
    assert refusal is not None
    return refusal.sentence


# Corrections


def test_an_area_is_corrected_and_nothing_else_moves() -> None:
    found = corrected(ROLL, [Change("1-101", "area", WANG, 9000)])
    assert found == [replace(ROLL[0], area=9000), ROLL[1]]


def test_whoever_bought_takes_the_line_and_its_head() -> None:
    [_, line] = corrected(ROLL, [Change("1-102", "mine", WANG)])
    assert (line.head, line.voters, line.area) == ("p1", (WANG,), 6238)


def test_whoever_sold_leaves_the_line_to_the_others_or_to_nobody() -> None:
    [line, _] = corrected(ROLL, [Change("1-101", "not-mine", WANG)])
    assert (line.head, line.voters) == ("p2", (LI,))
    [_, left] = corrected(ROLL, [Change("1-102", "not-mine", Ref("person", 3))])
    assert (left.head, left.voters) == ("nobody-1-102", ())


def test_a_co_owner_who_named_another_is_an_owner_all_the_same() -> None:
    named = replace(ROLL[0], head="p1+p2", voters=(Ref("person", 1),), told=(Ref("person", 2),))
    sold = corrected([named], [Change(named.key, NOT_MINE, Ref("person", 1))])[0]
    assert (sold.voters, sold.told, sold.head) == ((Ref("person", 2),), (), "p2")
    left = corrected([named], [Change(named.key, NOT_MINE, Ref("person", 2))])[0]
    assert (left.voters, left.told, left.head) == ((Ref("person", 1),), (), "p1")
    bought = corrected([named], [Change(named.key, MINE, Ref("person", 3))])[0]
    assert (bought.voters, bought.told, bought.head) == ((Ref("person", 3),), (), "p3")
    her = Ref("person", 2)
    assert rules.asking_refusal([named], named.key, NOT_MINE, None, her, frozen=False) is None
    assert rules.asking_refusal([named], named.key, MINE, None, her, frozen=False) is not None
    assert rules.asking_heads([named], [her]) == (1, 1)
    assert rules.support_refusal([named], her, convened=False) is None


def test_words_alone_change_nothing_and_strange_keys_neither() -> None:
    assert corrected(ROLL, [Change("1-101", "other", WANG), Change("9-999", "area", WANG, 1)]) == ROLL


PEOPLE = [Entry(f"p{n}", f"居民{n}", "1", f"p{n}", voters=(Ref("person", n),)) for n in (1, 2)]
ZHOU = Ref("person", 7)
MOVED_IN = Entry("p7", "周**", "2", "p7", voters=(ZHOU,))


def test_who_lives_here_gets_a_line_once_and_who_moved_away_leaves_it() -> None:
    ask = [Change("2-101", MINE, ZHOU), Change("1-101", NOT_MINE, WANG), Change("2-101", MINE, ZHOU)]
    assert rules.corrected_people(PEOPLE, ask, {ZHOU: MOVED_IN}) == [PEOPLE[1], MOVED_IN]
    assert rules.corrected_people([*PEOPLE, MOVED_IN], ask[:1], {ZHOU: MOVED_IN}) == [*PEOPLE, MOVED_IN]
    twice = [Change("2-101", kind, ZHOU) for kind in (MINE, NOT_MINE)]
    assert rules.corrected_people(PEOPLE, twice, {ZHOU: MOVED_IN}) == PEOPLE
    assert rules.corrected_people(PEOPLE, [Change("9-9", MINE, ZHOU), Change("1-101", "other", WANG)], {}) == PEOPLE


@given(
    st.lists(
        st.builds(
            Change, st.just("2-101"), st.sampled_from([MINE, NOT_MINE, "other"]), st.sampled_from([WANG, LI, ZHOU])
        ),
        max_size=8,
    )
)
def test_nobody_stands_on_the_roll_of_residents_twice_and_the_last_word_holds(changes: list[Change]) -> None:
    lines = {ZHOU: MOVED_IN, WANG: PEOPLE[0], LI: PEOPLE[1]}
    found = rules.corrected_people(PEOPLE, changes, lines)
    assert len({entry.key for entry in found}) == len(found)
    for person in lines:
        said = [one.kind for one in changes if one.person == person and one.kind != "other"]
        stood = person != ZHOU
        assert any(person in entry.voters for entry in found) is (said[-1] == MINE if said else stood)


def test_a_resident_asks_for_themselves_and_names_a_home() -> None:
    def ask(key: str, kind: str, person: Ref | None, frozen: bool = False) -> Refusal | None:
        return rules.asking_refusal(PEOPLE, key, kind, None, person, frozen=frozen, homes={"1-101", "2-101"})

    assert ask("2-101", MINE, ZHOU) is None
    assert ask("1-101", NOT_MINE, WANG) is None
    assert ask("1-101", "other", ZHOU) is None
    assert "已经有您" in words(ask("1-101", MINE, WANG))
    assert "没有您" in words(ask("1-101", NOT_MINE, ZHOU))
    assert "没有%(key)s" in words(ask("9-9", MINE, ZHOU))
    assert "哪里不对" in words(ask("1-101", "area", WANG))
    assert "连上" in words(ask("1-101", MINE, None))
    assert "异议" in words(ask("1-101", MINE, ZHOU, frozen=True))


CHANGES = st.lists(
    st.builds(
        Change,
        st.sampled_from(["1-101", "1-102", "9-9"]),
        st.sampled_from(["area", "mine", "not-mine", "other"]),
        st.builds(Ref, st.just("person"), st.integers(1, 4)),
        st.integers(1, 20_000),
    ),
    max_size=6,
)


@given(CHANGES)
def test_corrections_keep_every_line_in_its_place_with_an_area_and_a_head(changes: list[Change]) -> None:
    found = corrected(ROLL, changes)
    assert [line.key for line in found] == [line.key for line in ROLL]
    assert all(line.area > 0 and line.head for line in found)


def test_one_may_only_claim_a_line_on_which_one_does_not_stand() -> None:
    ask = rules.asking_refusal
    assert ask(ROLL, "1-101", "area", 9000, WANG, frozen=False) is None
    assert ask(ROLL, "1-102", "mine", None, WANG, frozen=False) is None
    assert "已经是您的" in words(ask(ROLL, "1-101", "mine", None, WANG, frozen=False))
    assert "没有您" in words(ask(ROLL, "1-102", "area", 9000, WANG, frozen=False))
    assert "没有%(key)s" in words(ask(ROLL, "9-9", "area", 9000, WANG, frozen=False))
    assert "面积" in words(ask(ROLL, "1-101", "area", 0, WANG, frozen=False))
    assert "哪里不对" in words(ask(ROLL, "1-101", "name", None, WANG, frozen=False))
    assert "连上" in words(ask(ROLL, "1-101", "area", 9000, None, frozen=False))
    assert "异议" in words(ask(ROLL, "1-101", "area", 9000, WANG, frozen=True))


def test_corrections_before_the_freeze_and_objections_after() -> None:
    assert rules.answer_refusal(answered=False, frozen=False) is None
    assert "已经答复" in words(rules.answer_refusal(answered=True, frozen=False))
    assert "来不及" in words(rules.answer_refusal(answered=False, frozen=True))
    object_to = rules.objection_refusal
    assert object_to(["1-101"], "1-101", WANG, frozen=True, on_roll=True) is None
    assert object_to(["1-101"], "", WANG, frozen=True, on_roll=True) is None
    assert "更正" in words(object_to(["1-101"], "", WANG, frozen=False, on_roll=True))
    assert "没有%(key)s" in words(object_to(["1-101"], "9-9", WANG, frozen=True, on_roll=True))
    for person, on_roll in ((None, True), (WANG, False)):
        assert "没有您" in words(object_to(["1-101"], "", person, frozen=True, on_roll=on_roll))


@pytest.mark.parametrize(("text", "fits"), [("", False), ("不对。", False), ("面积写错了", True), ("字" * 1001, False)])
def test_a_reason_is_a_sentence(text: str, fits: bool) -> None:
    assert (rules.words_refusal(text) is None) is fits


# Asking for an assembly


def test_a_fifth_counts_heads_and_includes_the_figure() -> None:
    assert rules.asking_heads(ROLL, [WANG, LI]) == (1, 2)
    assert rules.reached(20, 100, FIFTH)
    assert not rules.reached(19, 100, FIFTH)
    assert not rules.reached(0, 0, FIFTH)
    assert (rules.still_missing(19, 100, FIFTH), rules.still_missing(3, 101, FIFTH)) == (1, 18)


@given(st.integers(0, 300), st.integers(1, 300))
def test_nothing_is_missing_exactly_when_a_fifth_is_reached(asking: int, total: int) -> None:
    assert rules.reached(asking, total, FIFTH) is (rules.still_missing(asking, total, FIFTH) == 0)


def test_only_who_stands_on_the_roll_asks_and_only_until_it_is_called() -> None:
    assert rules.support_refusal(ROLL, WANG, convened=False) is None
    assert rules.support_refusal(ROLL, Ref("person", 9), convened=False) is not None
    assert rules.support_refusal(ROLL, None, convened=False) is not None
    assert rules.support_refusal(ROLL, WANG, convened=True) is not None


# Notices


def test_the_nine_matters_are_those_of_the_civil_code() -> None:
    assert sorted(MATTERS) == list(range(1, 10))
    assert {6, 7, 8} == rules.SPECIAL


def test_a_notice_names_its_matters_each_with_a_question_and_a_kind() -> None:
    good = rules.with_items(Draft(), [ITEM])
    assert good.title == "更换水泵"
    assert rules.matters_refusal(good) is None
    assert rules.kinds_refusal(good) is None
    assert "至少一件" in words(rules.matters_refusal(Draft(title="会")))
    assert "问题" in words(rules.matters_refusal(rules.with_items(good, [replace(ITEM, question=" ")])))
    assert "最多" in words(rules.matters_refusal(rules.with_items(good, [ITEM] * 10)))
    assert "哪一类" in words(rules.kinds_refusal(rules.with_items(good, [replace(ITEM, matter=0)])))
    assert rules.kinds_refusal(rules.with_items(Draft("residents"), [replace(ITEM, matter=0)])) is None


@pytest.mark.parametrize(("last", "fits"), [(5, False), (6, True), (61, True), (62, False)])
def test_a_vote_of_the_owners_is_open_for_five_to_sixty_days(last: int, fits: bool) -> None:
    begins = date(2026, 3, 2)
    refusal = rules.window_refusal(begins, date.fromordinal(begins.toordinal() + last - 2), SHORTEST, LONGEST)
    assert (refusal is None) is fits


def test_a_notice_of_today_opens_after_fifteen_whole_days() -> None:
    assert rules.earliest_day(TODAY, law_row("owners.notice", TODAY)) == date(2026, 3, 18)


def test_silence_joins_the_majority_only_where_the_compound_published_its_rule() -> None:
    own = replace(FOLLOW, value=FOLLOW.value + 1)
    assert rules.follow_refusal(False, FOLLOW, local=False) is None
    assert rules.follow_refusal(True, own, local=True) is None
    for row, local in ((FOLLOW, False), (FOLLOW, True), (own, False)):
        assert rules.follow_refusal(True, row, local=local) is not None


def test_a_draft_is_read_back_as_it_was_kept() -> None:
    draft = rules.with_items(Draft(opens_on="2026-03-20", closes_on="2026-04-02", notice="通知"), [ITEM])
    assert rules.draft_from_json(rules.draft_as_json(draft)) == draft
    window = draft.window("Asia/Shanghai")
    assert window is not None
    assert [moment.isoformat() for moment in window] == ["2026-03-20T09:00:00+08:00", "2026-04-02T20:00:00+08:00"]
    assert replace(draft, closes_on="").window("Asia/Shanghai") is None


def test_advice_of_the_council_becomes_a_notice_with_everything_filled_in() -> None:
    draft = rules.advised_draft("更换水泵", 5, 48_620_000, Ref("proposal", 7))
    assert draft.items[0] == DraftItem("更换水泵", "您是否同意更换水泵，费用不超过486,200.00元？", 5, "proposal:7")
    assert draft.items[0].ref == Ref("proposal", 7)


def test_nothing_is_added_once_the_notice_is_out() -> None:
    assert rules.listed_refusal(False) is None
    assert words(rules.listed_refusal(True)).startswith("通知已经发出")
