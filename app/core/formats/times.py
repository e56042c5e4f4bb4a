"""Days, moments and what is left of a term, in the reader's words.

`now` carries the time zone in which days are counted; moments in other zones are converted to it.
"""

from datetime import date, datetime, timedelta

from app.core.formats.amounts import NBSP, number

_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SOON, LATE = "soon", "late"

_WORDS = {
    "zh": {
        "days": "{}天", "hours": "{}小时", "minutes": "{}分钟", "moment": "不到1分钟", "left": "还有{}",
        "today": "今天", "owed": "明天截止", "closing": "明天截止", "start": "明天开始",
        "late-owed": "超期{}", "late-closing": "已截止", "late-start": "已开始",
    },
    "en": {
        "days": "{} days", "hours": "{} hours", "minutes": "{} minutes", "moment": "less than a minute",
        "left": "{} left", "today": "today", "owed": "due tomorrow", "closing": "closes tomorrow",
        "start": "starts tomorrow", "late-owed": "{} late", "late-closing": "closed", "late-start": "started",
    },
}  # fmt: skip


def short_day(at: date, now: datetime, lang: str = "zh") -> str:
    """A day without its weekday: 12月4日, and 2027年1月31日 when it is not in this year."""
    day = _local(at, now)
    other = day.year != now.year
    if lang == "en":
        return f"{day.day}{NBSP}{_MONTHS[day.month - 1]}" + (f"{NBSP}{day.year}" if other else "")
    return (f"{day.year}年" if other else "") + f"{day.month}月{day.day}日"


def weekday(at: date, now: datetime, lang: str = "zh") -> str:
    """The day's name in the week."""
    return (_ENGLISH_WEEKDAYS if lang == "en" else _WEEKDAYS)[_local(at, now).weekday()]


def day(at: date, now: datetime, lang: str = "zh") -> str:
    """A day with its weekday: 12月4日 星期五; the year only if it is another."""
    if lang == "en":
        return f"{weekday(at, now, lang)}, {short_day(at, now, lang)}"
    return f"{short_day(at, now, lang)} {weekday(at, now, lang)}"


def clock_time(at: datetime, now: datetime) -> str:
    """The time of day: 8:30."""
    local = at.astimezone(now.tzinfo)
    return f"{local.hour}:{local.minute:02d}"


def moment(at: datetime, now: datetime, lang: str = "zh") -> str:
    """A day with its weekday and time: 12月4日 星期五 18:00."""
    return f"{day(at, now, lang)} {clock_time(at, now)}"


def near_moment(at: datetime, now: datetime, lang: str = "zh") -> str:
    """A moment beside which the time left is told: 今天 18:00 on its own day, else as `moment`.

    A term that is a whole day ends with it: 12月4日 星期五, and 今天 24:00 on the day itself.
    """
    if _local(at, now) == now.date():
        return f"{_words(lang)['today']} {'24:00' if ends_a_day(at, now) else clock_time(at, now)}"
    return day(at, now, lang) if ends_a_day(at, now) else moment(at, now, lang)


def ends_a_day(at: datetime, now: datetime) -> bool:
    """Whether a moment is the last minute of its day: then the day is meant, and no time of it."""
    return clock_time(at, now) == "23:59"


def span(start: date, end: date, now: datetime, lang: str = "zh") -> str:
    """From a day to a day, what they share said once: 11月16–23日."""
    first, last = _local(start, now), _local(end, now)
    if first == last:
        return short_day(first, now, lang)
    if lang != "en" and (first.year, first.month) == (last.year, last.month):
        return f"{short_day(first, now, lang)[:-1]}–{last.day}日"
    return f"{short_day(first, now, lang)}–{short_day(last, now, lang)}"


def time_left(at: datetime, now: datetime, lang: str = "zh", kind: str = "owed") -> tuple[str, str]:
    """What is left until a moment, exactly: 还有3天4小时, 明天截止, 还有2小时, 超期2天.

    The answer is the words and a state: "" far, "soon" today or tomorrow, "late" when an owed thing is past.
    `kind` is `owed` (somebody is late afterwards), `closing` (已截止) or `start` (明天开始, 已开始). The last instant
    itself is still in time.
    """
    rest = at - now
    if rest < timedelta(0):
        return _past(at, now, lang, kind)
    if (words := _near(at, now, lang, kind)) is not None:
        return words, SOON
    hours = rest % DAY // HOUR
    text = _amount("days", rest // DAY, lang) + (" " * (lang == "en") + _amount("hours", hours, lang) if hours else "")
    return _words(lang)["left"].format(text), ""


def days_left(at: datetime, now: datetime, lang: str = "zh", kind: str = "owed") -> tuple[str, str]:
    """What is left until a moment in days of the calendar, as lists tell it: 还有3天; else as `time_left`."""
    if at < now:
        return _past(at, now, lang, kind)
    if (words := _near(at, now, lang, kind)) is not None:
        return words, SOON
    days = (_local(at, now) - now.date()).days
    return _words(lang)["left"].format(_amount("days", days, lang)), ""


def _near(at: datetime, now: datetime, lang: str, kind: str) -> str | None:
    """Tomorrow by its name, today by hours or minutes, later days not at all."""
    days = (_local(at, now) - now.date()).days
    if days == 1:
        return _words(lang)[kind]
    return _words(lang)["left"].format(_hours_or_minutes(at - now, lang)) if days == 0 else None


def _past(at: datetime, now: datetime, lang: str, kind: str) -> tuple[str, str]:
    words = _words(lang)[f"late-{kind}"]
    if kind != "owed":
        return words, ""
    gone = now - at
    if gone < DAY:
        return words.format(_hours_or_minutes(gone, lang)), LATE
    return words.format(_amount("days", (now.date() - _local(at, now)).days, lang)), LATE


def _hours_or_minutes(length: timedelta, lang: str) -> str:
    if length >= HOUR:
        return _amount("hours", length // HOUR, lang)
    return _amount("minutes", length // MINUTE, lang) if length >= MINUTE else _words(lang)["moment"]


def _amount(unit: str, value: int, lang: str) -> str:
    text = _words(lang)[unit].format(number(value))
    return text.removesuffix("s") if lang == "en" and value == 1 else text


def _words(lang: str) -> dict[str, str]:
    return _WORDS["en" if lang == "en" else "zh"]


def _local(at: date, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date() if isinstance(at, datetime) else at
