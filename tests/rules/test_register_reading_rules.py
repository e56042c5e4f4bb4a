"""How the rows of a committee's spreadsheet become dwellings, or are named with their reason."""

from datetime import date

import pytest

from app.core.values import Refusal
from app.register.rules import Headings, Reading, find_headings, read_register, unmerged
from app.register.rules.headings import letters

HEAD = ["楼栋", "单元", "房号", "建筑面积", "用途", "业主姓名", "份额", "手机", "居住人", "居住关系", "入住日期"]
TODAY = date(2026, 11, 23)


def row(
    building: object = "1栋",
    unit: object = 1.0,
    room: object = "101",
    area: object = 89.5,
    use: object = "住宅",
    owner: object = "郭晓东",
    share: object = "1/1",
    phone: object = "19907000007",
    resident: object = "",
    relation: object = "",
    since: object = "",
) -> list[object]:
    return [building, unit, room, area, use, owner, share, phone, resident, relation, since]


def more(owner: object = "", share: object = "", phone: object = "", *lives: object) -> list[object]:
    return ["", "", "", "", "", owner, share, phone, *lives, *[""] * (3 - len(lives))]


def read(*rows: list[object], head: list[str] = HEAD) -> Reading:
    table: list[list[object]] = [list(head), *rows]
    headings = find_headings(table)
    assert isinstance(headings, Headings), headings
    return read_register(table, headings, TODAY)


def found(reading: Reading) -> list[tuple[int, str]]:
    return [(finding.row, finding.column) for finding in reading.findings]


def why(reading: Reading) -> str:
    return "\n".join(finding.reason.sentence % finding.reason.values for finding in reading.findings)


def test_a_row_is_a_dwelling_with_its_owner_and_resident() -> None:
    reading = read(row(resident="郭晓东", relation="业主本人", since="2015.1.19"))
    (dwelling,) = reading.dwellings
    assert (dwelling.code, dwelling.area, dwelling.use, dwelling.developer) == ("1-1-101", 8950, "residential", False)
    assert [(owner.name, owner.phone, owner.numerator, owner.denominator) for owner in dwelling.owners] == [
        ("郭晓东", "19907000007", 1, 1)
    ]
    assert [(one.name, one.relation, one.since) for one in dwelling.residents] == [
        ("郭晓东", "self", date(2015, 1, 19))
    ]
    assert not reading.findings


def test_co_owners_below_each_other_are_one_head() -> None:
    reading = read(row(share="1/2"), more("李凤霞", "50%", "19907000008"))
    assert len(reading.dwellings[0].owners) == 2
    assert (reading.figures.owners, reading.figures.co_owned) == (1, 1)


def test_co_owners_in_one_cell_are_the_same_as_below_each_other() -> None:
    below = read(row(share="1/2"), more("李凤霞", "1/2", "19907000008"))
    beside = read(row(owner="郭晓东、李凤霞", share="1/2、0.5", phone="19907000007、19907000008"))
    assert below.dwellings == beside.dwellings


def test_a_row_that_repeats_its_room_adds_a_co_owner_or_a_resident() -> None:
    reading = read(
        row(share="1/2", resident="郭晓东", relation="业主本人"),
        row(owner="李凤霞", share="1/2", phone="19907000008", resident="郭晓东", relation="业主本人"),
        row(share="1/2", resident="郭小宝", relation="子女"),
    )
    assert not reading.findings
    (dwelling,) = reading.dwellings
    assert (len(dwelling.owners), len(dwelling.residents)) == (2, 2)


def test_the_same_row_twice_is_a_duplicate_that_names_the_other() -> None:
    reading = read(row(), row(room="102"), row())
    assert found(reading) == [(4, "房号")]
    assert "1-1-101和第2行是同一户" in why(reading)
    next_to_each_other = read(row(), row())
    assert found(next_to_each_other) == [(3, "房号")]
    assert "第2行" in why(next_to_each_other)


def test_another_owner_of_a_room_that_is_wholly_owned_is_a_duplicate() -> None:
    assert found(read(row(), row(owner="李凤霞", phone="19907000008"))) == [(3, "房号")]


def test_a_repeated_room_with_another_area_is_a_duplicate() -> None:
    assert found(read(row(share="1/2"), row(area=90.0, owner="李凤霞", share="1/2"))) == [
        (2, "份额"),
        (3, "房号"),
        (3, "份额"),
    ]


@pytest.mark.parametrize("shares", [("1/2", "1/3"), ("33.33%", "66.66%"), ("1/1", "1/2")])
def test_shares_that_do_not_sum_to_one_are_refused(shares: tuple[str, str]) -> None:
    reading = read(row(share=shares[0]), more("李凤霞", shares[1], "19907000008"))
    assert found(reading) == [(2, "份额")]
    assert not reading.dwellings


def test_thirds_written_as_fractions_sum_to_one() -> None:
    reading = read(row(share="1/3"), more("李凤霞", "1/3", "19907000008"), more("刘桂兰", "1/3", "19907000009"))
    assert [owner.denominator for owner in reading.dwellings[0].owners] == [3, 3, 3]


def test_owners_without_shares_own_equally_and_half_written_shares_are_refused() -> None:
    reading = read(row(share=""), more("李凤霞", "", "19907000008"))
    assert [(owner.numerator, owner.denominator) for owner in reading.dwellings[0].owners] == [(1, 2), (1, 2)]
    assert found(read(row(share="1/2"), more("李凤霞", "", "19907000008"))) == [(2, "份额")]


def test_an_owner_of_several_units_is_one_head_and_area_always_sums() -> None:
    figures = read(row(), row(room="102"), row(room="201", owner="李凤霞", phone="19907000008")).figures
    assert (figures.dwellings, figures.owners, figures.area) == (3, 2, 3 * 8950)


def test_a_couple_is_another_head_than_each_of_them() -> None:
    reading = read(row(), row(room="102", share="1/2"), more("李凤霞", "1/2", "19907000008"))
    assert reading.figures.owners == 2


def test_all_units_of_the_developer_are_one_head() -> None:
    unsold = "安居置业有限公司（开发商，未售）"
    figures = read(
        row(owner=unsold, phone=""),
        row(room="102", owner="安居置业有限公司", phone=""),
        row(room="103", owner="别家置业有限公司（未售）", phone=""),
        row(room="104"),
    ).figures
    assert (figures.developer, figures.owners) == (3, 2)


def test_the_developer_owns_nothing_together_with_others() -> None:
    assert found(read(row(share="1/2"), more("安居置业（开发商）", "1/2"))) == [(2, "业主姓名")]


def test_building_and_unit_are_carried_down_until_another_is_named() -> None:
    reading = read(
        row(),
        row(building="", unit="", room="102"),
        row(building="", unit="2", room="101"),
        row(building="2栋", unit="", room="S1"),
        row(building="", unit="", room="S2"),
    )
    assert [dwelling.code for dwelling in reading.dwellings] == ["1-1-101", "1-1-102", "1-2-101", "2-S1", "2-S2"]


def test_a_banner_over_a_group_names_its_building() -> None:
    reading = read(
        ["1栋", *[""] * 10],
        row(building="", unit=""),
        ["二号楼", *[""] * 10],
        row(building="", unit=""),
    )
    assert [dwelling.code for dwelling in reading.dwellings] == ["1-101", "2-101"]


def test_sums_footers_repeated_headings_and_blank_rows_are_no_dwellings() -> None:
    reading = read(
        row(),
        ["1栋小计", "", "", 89.5, *[""] * 7],
        [""] * 11,
        list(HEAD),
        row(room="102", area="90"),
        ["合 计", "", "", 179.5, *[""] * 7],
        ["制表人：王芳  日期：2026年10月", *[""] * 10],
    )
    assert len(reading.dwellings) == 2
    assert not reading.findings
    assert not reading.notes


def test_a_sum_that_disagrees_is_noted_but_refuses_nothing() -> None:
    reading = read(row(), ["合计", "", "", 90.5, *[""] * 7])
    assert not reading.findings
    assert "合计行" in reading.notes[0].sentence


def test_a_row_after_a_sum_cannot_go_on_with_the_dwelling_above_it() -> None:
    assert found(read(row(), ["小计", "", "", 89.5, *[""] * 7], more("李凤霞", "1/2", "19907000008"))) == [
        (4, "房号"),
        (4, "建筑面积"),
        (4, "份额"),
    ]


def test_a_missing_room_is_not_taken_for_a_further_line() -> None:
    assert found(read(row(), row(room="", area=104.16, owner="李凤霞", phone="19907000008"))) == [(3, "房号")]


def test_every_wrong_cell_of_a_row_is_named() -> None:
    reading = read(
        row(area="九十平", share="3/2", phone="12345", resident="宋美玲", relation="房东", since="2026-02-30")
    )
    assert found(reading) == [(2, column) for column in ("建筑面积", "份额", "手机", "居住关系", "入住日期")]
    assert [finding.cell for finding in reading.findings] == ["D2", "G2", "H2", "J2", "K2"]
    assert reading.figures.dwellings == 0


def test_no_owner_is_refused_and_says_how_to_write_the_unsold() -> None:
    assert "开发商，未售" in why(read(row(owner="", phone="")))


def test_an_owner_without_a_phone_is_taken_and_noted() -> None:
    reading = read(row(phone=""), row(room="102", phone=""))
    assert not reading.findings
    assert reading.figures.owners == 2
    assert reading.notes[0].values == {"count": 2}


def test_who_lives_there_as_owner_must_be_an_owner() -> None:
    assert found(read(row(resident="李凤霞", relation="业主本人"))) == [(2, "居住人")]
    assert not read(row(resident="郭晓东", relation="亲属")).findings


def test_a_relation_without_anybody_is_refused_and_an_empty_dwelling_is_fine() -> None:
    assert found(read(row(relation="租户"))) == [(2, "居住人")]
    assert not read(row(resident="空置")).findings
    assert not read(row(relation="空置")).findings


def test_several_tenants_of_one_dwelling_are_counted_each() -> None:
    reading = read(
        row(resident="宋美玲、周晓东", relation="租户", since="2020-01-01"), more("", "", "", "陈永康", "租户")
    )
    assert (reading.figures.tenants, reading.figures.residents, reading.figures.not_lived_in_by_owner) == (3, 3, 1)


def test_an_empty_list_says_so() -> None:
    assert "没有一户" in why(read())


def test_headings_may_stand_in_any_order_and_in_other_words() -> None:
    head = ["序号", "业主", "联系电话", "房间号", "楼号", "面积（㎡）", "产权份额"]
    reading = read([1.0, "郭晓东", "19907000007", "101", "1栋", 89.5, "100%"], head=head)
    assert reading.dwellings[0].code == "1-101"
    assert reading.notes[0].values == {"columns": "序号"}


def test_name_and_phone_mean_owner_or_resident_by_the_group_above() -> None:
    table = [
        ["和平里住户名册", *[""] * 8],
        ["房屋", "", "", "业主", "", "住户", "", "", ""],
        ["楼栋", "房号", "面积", "姓名", "手机", "姓名", "电话", "居住关系", "入住日期"],
        ["1", "101", 89.5, "郭晓东", "19907000007", "宋美玲", "19907000008", "租户", "2020-01-01"],
    ]
    headings = find_headings(table)
    assert isinstance(headings, Headings)
    (dwelling,) = read_register(table, headings, TODAY).dwellings
    assert (dwelling.owners[0].phone, dwelling.residents[0].phone) == ("19907000007", "19907000008")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (["姓名", "年龄", "性别"], "没有找到表头"),
        (["Building", "Room"], "没有找到表头"),
        ([*HEAD[:3], *HEAD[4:]], "缺少：建筑面积"),
        (HEAD[:9], "缺少：居住关系"),
        ([*HEAD, "业主"], "F列和L列"),
    ],
)
def test_wrong_headings_are_answered_with_what_is_missing(head: list[str], said: str) -> None:
    refusal = find_headings([["名册"], head])
    assert isinstance(refusal, Refusal)
    values = {name: getattr(value, "sentence", value) for name, value in refusal.values.items()}
    assert said in refusal.sentence % values


def test_merged_cells_are_read_in_all_their_rows_but_an_area_never_counts_twice() -> None:
    table = [HEAD, row(), row(building="", unit="", room="102", area="", owner="", share="", phone="")]
    headings = find_headings(table)
    assert isinstance(headings, Headings)
    ranges = [((1, column), (2, column)) for column in range(8)]
    reading = read_register(unmerged(table, ranges, headings), headings, TODAY)
    assert found(reading) == [(3, "建筑面积")]
    assert table[2][5] == ""


def test_columns_are_named_as_the_spreadsheet_names_them() -> None:
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_nul_marks_of_direction_and_full_width_change_nothing() -> None:
    plain = read(row(), row(room="102"))
    strange = read(
        row(), row("１栋", "１", "\u200f1０2", "８９．５０㎡", "住宅\x00", "郭\u200b晓东", "１／１", "199 0700 0007")
    )
    assert plain.figures == strange.figures
    assert strange.figures.owners == 1
