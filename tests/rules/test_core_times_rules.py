"""Days and what is left of a term, at midnight, at the exact day, at the turn of the year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core import formats

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 3, 16, 0, tzinfo=SHANGHAI)  # a Thursday
NB = "\u00a0"


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, second, tzinfo=SHANGHAI)


def plain(text: str) -> str:
    return text.replace(NB, " ")


@pytest.mark.parametrize(
    ("day", "chinese", "english"),
    [
        (date(2026, 12, 4), "12月4日 星期五", "Friday, 4 December"),
        (date(2026, 1, 1), "1月1日 星期四", "Thursday, 1 January"),
        (date(2027, 1, 31), "2027年1月31日 星期日", "Sunday, 31 January 2027"),
        (date(2025, 12, 31), "2025年12月31日 星期三", "Wednesday, 31 December 2025"),
    ],
)
def test_a_day_names_its_year_only_when_it_is_another(day: date, chinese: str, english: str) -> None:
    assert formats.day(day, NOW) == chinese
    assert plain(formats.day(day, NOW, "en")) == english


def test_a_moment_belongs_to_the_day_of_the_community_not_of_greenwich() -> None:
    last_second = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
    assert formats.moment(last_second, NOW) == "12月31日 星期四 23:59"
    assert formats.moment(last_second + timedelta(seconds=1), NOW) == "2027年1月1日 星期五 0:00"


def test_a_moment_of_today_is_called_today_beside_the_time_left() -> None:
    assert formats.near_moment(at(3, 18), NOW) == "今天 18:00"
    assert formats.near_moment(at(3, 18), NOW, "en") == "today 18:00"
    assert formats.near_moment(at(4, 0), NOW) == "12月4日 星期五 0:00"


def test_a_term_of_whole_days_tells_the_day_and_no_minute_of_it() -> None:
    assert formats.near_moment(at(4, 23, 59), NOW) == "12月4日 星期五"
    assert formats.near_moment(at(3, 23, 59), NOW) == "今天 24:00"
    assert formats.near_moment(at(4, 23, 58), NOW) == "12月4日 星期五 23:58"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 16), date(2026, 11, 23), "11月16–23日"),
        (date(2026, 11, 16), date(2026, 11, 16), "11月16日"),
        (date(2026, 11, 28), date(2026, 12, 2), "11月28日–12月2日"),
        (date(2026, 12, 28), date(2027, 1, 3), "12月28日–2027年1月3日"),
        (date(2027, 1, 2), date(2027, 1, 3), "2027年1月2–3日"),
    ],
)
def test_a_span_says_once_what_both_ends_share(first: date, last: date, words: str) -> None:
    assert formats.span(first, last, NOW) == words


def test_a_span_in_english_names_both_days() -> None:
    assert plain(formats.span(date(2026, 11, 16), date(2026, 11, 23), NOW, "en")) == "16 November–23 November"


@pytest.mark.parametrize(
    ("moment", "words", "state"),
    [
        (at(6, 20), "还有3天4小时", ""),
        (at(6, 16), "还有3天", ""),
        (at(5, 15, 59), "还有1天23小时", ""),
        (at(5, 0), "还有1天8小时", ""),
        (at(4, 23, 59, 59), "明天截止", "soon"),
        (at(4, 16), "明天截止", "soon"),  # exactly 24 hours
        (at(4, 0), "明天截止", "soon"),  # midnight begins tomorrow
        (at(3, 23, 59, 59), "还有7小时", "soon"),
        (at(3, 18), "还有2小时", "soon"),
        (at(3, 17), "还有1小时", "soon"),
        (at(3, 16, 59, 59), "还有59分钟", "soon"),
        (at(3, 16, 1), "还有1分钟", "soon"),
        (at(3, 16, 0, 59), "还有不到1分钟", "soon"),
        (NOW, "还有不到1分钟", "soon"),  # the last instant is in time
        (NOW - timedelta(microseconds=1), "超期不到1分钟", "late"),
        (at(3, 15, 59), "超期1分钟", "late"),
        (at(3, 15), "超期1小时", "late"),
        (at(2, 16, 0, 1), "超期23小时", "late"),
        (at(2, 16), "超期1天", "late"),
        (at(1, 18), "超期2天", "late"),
    ],
)
def test_the_time_left_changes_its_words_at_the_exact_moment(moment: datetime, words: str, state: str) -> None:
    assert formats.time_left(moment, NOW) == (words, state)


@pytest.mark.parametrize(
    ("moment", "words", "state"),
    [
        (at(6, 20), "还有3天", ""),
        (at(8, 10), "还有5天", ""),
        (at(5, 0), "还有2天", ""),
        (at(4, 23, 59), "明天截止", "soon"),
        (at(3, 23, 59), "还有7小时", "soon"),
        (at(1, 18), "超期2天", "late"),
    ],
)
def test_lists_count_the_days_of_the_calendar(moment: datetime, words: str, state: str) -> None:
    assert formats.days_left(moment, NOW) == (words, state)


def test_what_nobody_owes_is_not_late_when_it_is_over() -> None:
    assert formats.time_left(at(1), NOW, kind="closing") == ("已截止", "")
    assert formats.time_left(at(1), NOW, kind="start") == ("已开始", "")
    assert formats.time_left(at(4), NOW, kind="start") == ("明天开始", "soon")


@pytest.mark.parametrize(
    ("moment", "kind", "words"),
    [
        (at(6, 20), "owed", "3 days 4 hours left"),
        (at(5, 17), "owed", "2 days 1 hour left"),
        (at(5, 15), "owed", "1 day 23 hours left"),
        (at(4, 1), "owed", "due tomorrow"),
        (at(4, 1), "closing", "closes tomorrow"),
        (at(4, 1), "start", "starts tomorrow"),
        (at(3, 17), "owed", "1 hour left"),
        (at(3, 16), "owed", "less than a minute left"),
        (at(2, 16), "owed", "1 day late"),
        (at(1), "closing", "closed"),
        (at(1), "start", "started"),
    ],
)
def test_the_time_left_reads_well_in_english(moment: datetime, kind: str, words: str) -> None:
    assert formats.time_left(moment, NOW, "en", kind)[0] == words


def test_the_wall_clock_of_the_community_decides_what_tomorrow_is() -> None:
    evening = datetime(2026, 12, 3, 23, 30, tzinfo=SHANGHAI)
    in_an_hour = evening + timedelta(hours=1)
    assert formats.time_left(in_an_hour, evening)[0] == "明天截止"
    assert formats.time_left(in_an_hour, evening.astimezone(UTC))[0] == "还有1小时"


def test_a_template_filter_knows_its_reader() -> None:
    chinese = formats.filters(lambda: "zh", lambda: NOW)
    english = formats.filters(lambda: "en", lambda: NOW)
    assert chinese["day"](date(2026, 12, 4)) == "12月4日 星期五"
    assert plain(english["day"](date(2026, 12, 4))) == "Friday, 4 December"
    assert chinese["count"](2, "人") == "2人"
    assert chinese["time_left"](at(4), "start") == ("明天开始", "soon")
    assert chinese["isoformat"](at(4, 1).astimezone(UTC)) == "2026-12-04T01:00+08:00"
    assert chinese["isoformat"](date(2026, 12, 4)) == "2026-12-04"
    assert chinese["clock_time"](at(4, 8, 5).astimezone(UTC)) == "8:05"
