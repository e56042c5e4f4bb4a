"""How papers of the council are numbered and dated."""

from datetime import date

RESOLUTION, MINUTES = "议", "议纪"
_DIGITS = "〇一二三四五六七八九"
_WEEKDAYS = "一二三四五六日"


def paper_number(community: str, kind: str, year: int, number: int) -> str:
    """The number of a paper: the community's first sign, what it is, year and number: 梧议〔2026〕14号."""
    return f"{community[:1]}{kind}〔{year}〕{number}号"


def chinese_number(number: int) -> str:
    """A whole number from 1 to 99 as it stands before a heading: 一, 十二, 二十."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading has the number {number}")
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def paper_day(day: date) -> str:
    """A day as papers write it: 二〇二六年十二月一日."""
    year = "".join(_DIGITS[int(sign)] for sign in str(day.year))
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def day_and_weekday(day: date) -> str:
    """A day within a sentence of the minutes: 12月10日（星期四）."""
    return f"{day.month}月{day.day}日（{weekday(day)}）"


def weekday(day: date) -> str:
    """The day's name in the week, in the language of the record."""
    return f"星期{_WEEKDAYS[day.weekday()]}"
