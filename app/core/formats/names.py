"""Names, telephone numbers and codes as they may be shown."""

import unicodedata

_PAIRS = "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐长孙宇文司徒司空夏侯端木百里东郭南宫独孤轩辕赫连澹台呼延万俟闻人钟离"
_COMPOUND = frozenset(_PAIRS[start : start + 2] for start in range(0, len(_PAIRS), 2))


def masked(name: str) -> str:
    """A person's name as pages show it to others: the family name and two stars, however long the rest is."""
    visible = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cf", "Cc")).strip()
    if not visible:
        return ""
    family = visible[:2] if visible[:2] in _COMPOUND and len(visible) > 2 else visible[:1]
    return family + "**"


def masked_phone(phone: str) -> str:
    """A telephone number with its middle hidden: 138****5678; a short one shows its last two digits."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if len(digits) >= 11:
        return f"{digits[:-8]}****{digits[-4:]}"
    return "****" + digits[-2:] if len(digits) > 4 else "****" if digits else ""


def code_groups(code: str) -> str:
    """A receipt code in groups of four, as it is read out: 7K4M 29QX."""
    plain = code.replace("-", "").replace(" ", "")
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
