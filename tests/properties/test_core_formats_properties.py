"""What must be true of every amount, moment, name and title."""

import html
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.core import formats
from app.core.wording import with_breaks

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONEY = st.integers(-(10**15), 10**15)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2049, 12, 31), timezones=st.just(UTC))
LANGS = st.sampled_from(["zh", "en"])
KINDS = st.sampled_from(["owed", "closing", "start"])


def hundredths(text: str) -> int:
    found = re.match(r"(−?)([\d,]+)(?:\.(\d\d))?", text)
    assert found is not None, text
    sign, whole, rest = found.groups()
    return (-1 if sign else 1) * (int(whole.replace(",", "")) * 100 + int(rest or 0))


@given(MONEY, LANGS)
def test_an_amount_can_be_read_back_to_the_fen(fen: int, lang: str) -> None:
    assert hundredths(formats.plain_money(fen, lang)) == fen
    assert hundredths(formats.plain_money2(fen, lang)) == fen


@given(MONEY)
def test_a_floor_area_can_be_read_back_exactly(area: int) -> None:
    assert hundredths(formats.area(area)) == area


@given(MONEY)
def test_an_amount_as_one_says_it_is_off_by_half_its_last_figure_at_most(fen: int) -> None:
    said = formats.money_approx(fen)
    found = re.fullmatch(r"(约?)(−?)([\d,]+)(?:\.(\d{1,2}))?(亿|万|)元", said)
    assert found is not None, said
    about, sign, whole, rest, unit = found.groups()
    size = {"亿": 10**10, "万": 10**6, "": 100}[unit]
    figure = int(whole.replace(",", "")) * size + (int(rest) * size // 10 ** len(rest) if rest else 0)
    difference = abs(figure * (-1 if sign else 1) - fen)
    assert difference <= (size // 20 if unit else 0)
    assert bool(about) == (difference > 0)


@given(MOMENTS, MOMENTS, LANGS, KINDS)
def test_only_what_is_owed_is_late_and_only_when_it_is_past(at: datetime, now: datetime, lang: str, kind: str) -> None:
    words, state = formats.time_left(at, now, lang, kind)
    assert words
    assert (state == "late") == (kind == "owed" and at < now)
    if state == "soon":
        assert timedelta(0) <= at - now < timedelta(days=2)


@given(MOMENTS, st.timedeltas(timedelta(days=2), timedelta(days=3000)))
def test_days_and_hours_left_add_up_to_the_term(now: datetime, rest: timedelta) -> None:
    words, _state = formats.time_left(now + rest, now)
    found = re.fullmatch(r"还有([\d,]+)天(?:(\d+)小时)?", words)
    assert found is not None, words
    told = timedelta(days=int(found[1].replace(",", "")), hours=int(found[2] or 0))
    assert timedelta(0) <= rest - told < timedelta(hours=1)


@given(MOMENTS, MOMENTS)
def test_a_moment_reads_the_same_whatever_zone_it_is_stored_in(at: datetime, now: datetime) -> None:
    here = now.astimezone(SHANGHAI)
    assert formats.moment(at, here) == formats.moment(at.astimezone(ZoneInfo("America/New_York")), here)


@given(st.text(max_size=30))
def test_a_masked_name_never_shows_more_than_a_family_name(name: str) -> None:
    shown = formats.masked(name)
    assert shown == "" or (shown.endswith("**") and len(shown) <= 4 and shown[:-2] in name)


@given(st.text(alphabet=st.sampled_from("换灯的第9次，会议〔26〕号<b>&;3.5元m² \u200b在和“”（）A😀"), max_size=40))
def test_breaking_a_title_changes_nothing_but_the_places_to_break(text: str) -> None:
    bare = re.sub(r'<wbr>|<span class="nb">|</span>', "", str(with_breaks(text)))
    assert html.unescape(bare) == text
    assert not re.search(r"\d<wbr>[元号次\d.]|〔<wbr>|<wbr>[，”）〕]|“<wbr>", str(with_breaks(text)))


@given(st.integers(0, 200), st.integers(0, 250), st.integers(0, 250), st.integers(0, 20))
def test_every_dwelling_has_its_window_inside_the_walls(total: int, lit: int, crossed: int, columns: int) -> None:
    face = formats.facade(total, lit, crossed, columns)
    places = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h", face.lit + face.panes)]
    assert len(places) == len(set(places)) == total
    assert all(2 < x < face.width - 10 and 9 < y < face.height - 10 for x, y in places)
