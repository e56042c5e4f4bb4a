"""Amounts of money as people type them, read exactly or not at all."""

import re

# Thousands stand in threes where they are parted; exponents, roots and figures of other scripts are no amounts.
_AMOUNT = re.compile(r"¥?(\d{1,3}(?:[, ]\d{3})+|\d{1,12})(?:\.(\d{1,2}))?(\d*)(万)?元?\Z", re.ASCII)
_TEN_THOUSAND = 10_000
# Only what is as wide as a character becomes plain: a raised ² is no 2.
_PLAIN = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥"}


def read_fen(typed: str) -> int | None:
    """Yuan as people write them (38640, 38,640.50元, ￥３.８６４万) as fen; None for what is no amount of money."""
    plain = re.sub(r"\s+(?=[万元]|\Z)|\A\s+", "", typed.translate(_PLAIN))
    found = _AMOUNT.match(plain)
    if found is None or (found[3] and not found[4]):
        return None
    whole, cents = re.sub(r"[, ]", "", found[1]), (found[2] or "") + found[3]
    times = _TEN_THOUSAND if found[4] else 1
    fen, rest = divmod(int(whole + cents) * times * 100, 10 ** len(cents))
    return None if rest or len(whole) > 12 else fen
