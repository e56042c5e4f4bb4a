"""Notice, roll call, opening and closing."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.council.rules.meetings import (
    EARLY,
    FARTHEST,
    MOST_ITEMS,
    Sitting,
    cancel_refusal,
    check_in_refusal,
    close_refusal,
    convene_refusal,
    first_day,
    leave_refusal,
    open_refusal,
    session_refusal,
)
from app.council.rules.quorum import Quorum
from app.council.rules.seats import ALTERNATE, HOLDER, Seating, Term

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=SHANGHAI)
START = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ENOUGH = Quorum(5, 8, 5, ("branch",), (), True)
TOO_FEW = Quorum(4, 8, 5, ("branch",), (), False)
HELD = Term(1, 7, HOLDER, "李敏", date(2026, 1, 1))
STAND_IN = Term(2, 7, ALTERNATE, "何芳", date(2026, 1, 1))


def sitting(**moments: datetime) -> Sitting:
    return Sitting(3, START, **moments)  # type: ignore[arg-type]  # moments by their names


def seat(came: Term | None = None) -> Seating:
    return Seating(7, "o1", "owners", "主任", HELD, STAND_IN, came)


def test_the_notice_goes_out_exactly_three_days_before_and_not_two() -> None:
    in_three_days = datetime(2026, 12, 4, 0, 0, tzinfo=SHANGHAI)
    assert convene_refusal(NOW, in_three_days, 3, [True]) is None
    refusal = convene_refusal(NOW, in_three_days - MINUTE, 3, [True])
    assert refusal is not None
    assert refusal.values == {"days": 3, "day": date(2026, 12, 4)}
    assert first_day(date(2026, 12, 1), 3) == date(2026, 12, 4)


def test_a_notice_late_in_the_evening_counts_for_its_day() -> None:
    late = datetime(2026, 12, 1, 23, 59, tzinfo=SHANGHAI)
    assert convene_refusal(late, datetime(2026, 12, 4, 8, 0, tzinfo=SHANGHAI), 3, [True]) is None


@pytest.mark.parametrize(
    ("starts_at", "items", "words"),
    [
        (NOW, [True], "已经过去"),
        (NOW + FARTHEST + MINUTE, [True], "一年"),
        (NOW + timedelta(days=9), [], "至少选一件"),
        (NOW + timedelta(days=9), [True] * (MOST_ITEMS + 1), "最多"),
        (NOW + timedelta(days=9), [True, False], "已经列入别的会议"),
    ],
)
def test_a_notice_names_a_time_to_come_and_matters_that_wait(
    starts_at: datetime, items: list[bool], words: str
) -> None:
    refusal = convene_refusal(NOW, starts_at, 3, items)
    assert refusal is not None
    assert words in refusal.sentence


def test_twenty_matters_fit_on_a_notice() -> None:
    assert convene_refusal(NOW, NOW + timedelta(days=9), 3, [True] * MOST_ITEMS) is None


def test_a_meeting_knows_its_stage_from_what_happened() -> None:
    assert sitting().stage == "convened"
    assert sitting(opened_at=START).stage == "in-session"
    assert sitting(opened_at=START, closed_at=START).stage == "closed"
    assert sitting(cancelled_at=START).stage == "cancelled"


def test_the_roll_begins_one_hour_before_the_meeting() -> None:
    assert check_in_refusal(sitting(), START - EARLY, HELD, seat()) is None
    refusal = check_in_refusal(sitting(), START - EARLY - MINUTE, HELD, seat())
    assert refusal is not None
    assert refusal.values == {"at": START - EARLY}


def test_one_may_come_late_while_the_meeting_is_in_session() -> None:
    assert check_in_refusal(sitting(opened_at=START), START + 99 * MINUTE, HELD, seat()) is None
    over = check_in_refusal(sitting(opened_at=START, closed_at=START), START + 99 * MINUTE, HELD, seat())
    assert over is not None
    assert "提出异议" in over.sentence


def test_an_alternate_stands_in_only_while_the_holder_is_absent() -> None:
    assert check_in_refusal(sitting(), START, STAND_IN, seat()) is None
    refusal = check_in_refusal(sitting(), START, STAND_IN, seat(came=HELD))
    assert refusal is not None
    assert "缺席" in refusal.sentence


def test_a_holder_takes_the_seat_back_when_the_alternate_has_left() -> None:
    refusal = check_in_refusal(sitting(), START, HELD, seat(came=STAND_IN))
    assert refusal is not None
    assert refusal.values == {"name": "何芳"}
    assert leave_refusal(sitting(), START, seat(came=STAND_IN)) is None
    assert check_in_refusal(sitting(), START, HELD, seat()) is None


def test_nobody_checks_in_twice_or_without_a_term() -> None:
    twice = check_in_refusal(sitting(), START, HELD, seat(came=HELD))
    stranger = check_in_refusal(sitting(), START, None, seat())
    assert twice is not None
    assert "已经签到" in twice.sentence
    assert stranger is not None


def test_nobody_leaves_who_did_not_come() -> None:
    assert leave_refusal(sitting(), START, seat()) is not None


def test_the_chair_opens_at_the_announced_minute_and_not_before() -> None:
    assert open_refusal(sitting(), START, ENOUGH) is None
    early = open_refusal(sitting(), START - MINUTE, ENOUGH)
    assert early is not None
    assert early.values == {"at": START}


def test_without_a_quorum_nothing_is_opened() -> None:
    refusal = open_refusal(sitting(), START, TOO_FEW)
    assert refusal is not None
    assert refusal.values["short"] == 1


def test_a_meeting_is_opened_once() -> None:
    assert open_refusal(sitting(opened_at=START), START, ENOUGH) is not None
    assert open_refusal(sitting(cancelled_at=START), START, ENOUGH) is not None


def test_business_is_done_only_in_session() -> None:
    assert session_refusal(sitting(opened_at=START)) is None
    closed = sitting(opened_at=START, closed_at=START)
    sentences = {one.sentence for one in map(session_refusal, (sitting(), closed, sitting(cancelled_at=START))) if one}
    assert len(sentences) == 3


def test_a_meeting_is_called_off_only_before_it_opens() -> None:
    assert cancel_refusal(sitting()) is None
    assert cancel_refusal(sitting(opened_at=START)) is not None
    assert cancel_refusal(sitting(cancelled_at=START)) is not None


def test_a_meeting_closes_when_no_motion_hangs() -> None:
    assert close_refusal(sitting(opened_at=START), 0) is None
    hanging = close_refusal(sitting(opened_at=START), 1)
    assert hanging is not None
    assert hanging.values == {"count": 1}
    assert close_refusal(sitting(), 0) is not None
