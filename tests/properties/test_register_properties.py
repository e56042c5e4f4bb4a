"""What holds of every register, however a committee writes it down."""

from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.values import Refusal
from app.register.rules import Headings, Reading, cell_text, clean, find_headings, head_of, read_register
from app.register.rules.cells import read_area, read_building, read_day, read_phone, read_room, read_share
from app.register.rules.people import read_owners

HEAD = ["楼栋", "单元", "房号", "建筑面积", "用途", "业主姓名", "份额", "手机", "居住人", "居住关系", "入住日期"]
TODAY = date(2026, 11, 23)
WIDE = str.maketrans("0123456789./%", "０１２３４５６７８９．／％")


@dataclass(frozen=True)
class Unit:
    """A dwelling as the test knows it, before a committee writes it down."""

    place: tuple[int, int, int]
    area: int
    owners: tuple[int, ...]
    developer: bool
    lived_in: str
    style: int


@st.composite
def compounds(draw: st.DrawFn) -> list[Unit]:
    places = draw(
        st.lists(
            st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(101, 140)), min_size=1, max_size=12, unique=True
        )
    )
    return [
        Unit(
            place,
            draw(st.integers(1, 10**7)),
            tuple(draw(st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True))),
            draw(st.booleans()) and draw(st.booleans()),
            draw(st.sampled_from(["self", "tenant", ""])),
            draw(st.integers(0, 5)),
        )
        for place in places
    ]


def area_cell(area: int, style: int) -> object:
    text = f"{area // 100}.{area % 100:02d}"
    return [area / 100, text, text.translate(WIDE), f"{text}㎡", f" {text} 平方米\u200b", f"{area / 100:.2f}m²"][style]


def rows_of(unit: Unit) -> list[list[object]]:
    building, entrance, room = unit.place
    where: list[object] = [
        [f"{building}栋", float(building), f"第{building}幢".translate(WIDE)][unit.style % 3],
        float(entrance),
        [f"{room}", float(room), f"{room}室".translate(WIDE)][unit.style % 3],
        area_cell(unit.area, unit.style),
        "住宅",
    ]
    if unit.developer:
        return [[*where, "安居置业有限公司（开发商，未售）", "1/1", "", "", "", ""]]
    share = [f"1/{len(unit.owners)}", f"１／{len(unit.owners)}", ""][unit.style % 3]
    lives: list[object] = ["", "", ""]
    if unit.lived_in == "self":
        lives = [name(unit.owners[0]), "业主本人", ["2015-07-13", "2015.7.13", "2015年7月13日"][unit.style % 3]]
    elif unit.lived_in == "tenant":
        lives = ["宋美玲", "租户", 42198.0]
    people = [[name(owner), share, f"1990700000{owner}"] for owner in unit.owners]
    again: list[object] = list(where) if unit.style % 2 and len(unit.owners) > 1 else [""] * 5
    return [[*where, *people[0], *lives]] + [[*again, *person, "", "", ""] for person in people[1:]]


def name(owner: int) -> str:
    return "赵钱孙李周吴"[owner] + "建国"


def read(units: list[Unit]) -> Reading:
    table: list[list[object]] = [["某小区名册"], list(HEAD), *(row for unit in units for row in rows_of(unit))]
    headings = find_headings(table)
    assert isinstance(headings, Headings)
    return read_register(table, headings, TODAY)


def counted_by_hand(units: list[Unit]) -> tuple[int, int, int, int]:
    heads: list[object] = []
    for unit in units:
        head: object = "developer" if unit.developer else set(unit.owners)
        if head not in heads:
            heads.append(head)
    return (
        len(units),
        sum(unit.area for unit in units),
        len(heads),
        sum(1 for unit in units if not unit.developer and unit.lived_in == "tenant"),
    )


@settings(deadline=None)
@given(compounds())
def test_figures_are_those_of_a_count_by_hand_however_cells_are_written(units: list[Unit]) -> None:
    reading = read(units)
    assert not reading.findings
    figures = reading.figures
    assert (figures.dwellings, figures.area, figures.owners, figures.tenants) == counted_by_hand(units)


@settings(deadline=None)
@given(compounds().flatmap(lambda units: st.tuples(st.just(units), st.permutations(units))))
def test_the_order_of_dwellings_changes_no_figure_and_no_head(orders: tuple[list[Unit], list[Unit]]) -> None:
    one, other = (read(units) for units in orders)
    assert one.figures == other.figures
    assert {d.code: head_of(d) for d in one.dwellings} == {d.code: head_of(d) for d in other.dwellings}


@settings(deadline=None)
@given(compounds())
def test_shares_of_every_dwelling_sum_to_exactly_one(units: list[Unit]) -> None:
    for dwelling in read(units).dwellings:
        denominator = dwelling.owners[0].denominator
        assert all(owner.denominator == denominator for owner in dwelling.owners)
        assert sum(owner.numerator for owner in dwelling.owners) == denominator


@settings(deadline=None)
@given(compounds(), st.data())
def test_a_dwelling_written_twice_is_refused_and_names_its_other_row(units: list[Unit], data: st.DataObject) -> None:
    twice = data.draw(st.sampled_from(units))
    reading = read([*units, twice])
    (first, *_rest) = [finding for finding in reading.findings if finding.column == "房号"]
    starts = {d.code: d.row for d in read(units).dwellings}
    building, entrance, room = twice.place
    assert first.reason.values["other"] == starts[f"{building}-{entrance}-{room}"]


@given(st.integers(1, 10**9))
def test_no_area_loses_a_hundredth_on_its_way_through_a_spreadsheet(area: int) -> None:
    assert read_area(cell_text(area / 100)) == area


@given(st.dates(date(1900, 3, 1), date(2029, 12, 31)))
def test_a_day_is_the_same_in_all_styles(day: date) -> None:
    styles = [
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        cell_text(float((day - date(1899, 12, 30)).days)),
        cell_text(day),
    ]
    said = [read_day(text, TODAY) for text in styles if len(text) != 4]
    assert set(said[:3]) == {day}
    assert day < date(1927, 5, 18) or set(said) == {day}


@given(st.text())
def test_cleaning_is_done_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_every_cell_gives_a_value_or_a_sentence_and_never_fails(text: str) -> None:
    for read_cell in (read_area, read_share, read_phone, read_building, read_room, read_owners):
        value = read_cell(text)
        if isinstance(value, Refusal):
            assert value.sentence % value.values
    said = read_day(text, TODAY)
    assert said is None or isinstance(said, date | Refusal)


CELLS = st.one_of(
    st.text(max_size=6),
    st.floats(),
    st.none(),
    st.booleans(),
    st.sampled_from(["1栋", "101", 89.5, "1/2", "合计", "王芳"]),
)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, max_size=12), max_size=8))
def test_whatever_rows_hold_each_dwelling_counts_or_is_named(rows: list[list[object]]) -> None:
    table: list[list[object]] = [list(HEAD), *rows]
    headings = find_headings(table)
    assert isinstance(headings, Headings)
    reading = read_register(table, headings, TODAY)
    rejected = set(reading.rejected_rows)
    assert not rejected & {dwelling.row for dwelling in reading.dwellings}
    assert len({dwelling.code for dwelling in reading.dwellings}) == len(reading.dwellings)
