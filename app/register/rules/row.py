"""The people of one row: its owners with phones and shares, its residents, and what is wrong with their cells."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from app.core.values import Refusal
from app.core.words import N_
from app.register.rules.cells import VACANT, read_day, read_relation
from app.register.rules.headings import OWNER, PHONE, RELATION, RESIDENT, RESIDENT_PHONE, SHARE, SINCE
from app.register.rules.people import Named, read_names, read_owners, read_phones, read_shares
from app.register.rules.text import given
from app.register.rules.values import Resident

Wrong = tuple[str, Refusal]
OwnerLine = tuple[Named, str, Fraction | None]


def owners_of_row(texts: Mapping[str, str]) -> tuple[list[OwnerLine], list[Wrong]]:
    """Who owns by this row: name, phone and written share of each, or which cells are wrong."""
    owners = read_owners(texts.get(OWNER, ""))
    if isinstance(owners, Refusal):
        return [], [(OWNER, owners)]
    if not owners:
        return [], []
    shares = read_shares(texts.get(SHARE, ""), owners)
    phones = read_phones(texts.get(PHONE, ""), len(owners))
    if isinstance(shares, Refusal) or isinstance(phones, Refusal):
        return [], [(key, value) for key, value in ((SHARE, shares), (PHONE, phones)) if isinstance(value, Refusal)]
    return list(zip(owners, phones, shares, strict=True)), []


def residents_of_row(texts: Mapping[str, str], today: date) -> tuple[list[Resident], list[Wrong]]:
    """Who lives there by this row, or which cells are wrong; 空置 and a dash mean nobody."""
    who, how = given(texts.get(RESIDENT, "")), given(texts.get(RELATION, ""))
    if not who or who in VACANT:
        if (how and how not in VACANT) or given(texts.get(SINCE, "")):
            return [], [(RESIDENT, Refusal(N_("写了居住关系或入住日期，没有写居住人。请写居住人；空置的都空着。")))]
        return [], []
    names = read_names(who)
    relation = read_relation(how)
    since = read_day(texts.get(SINCE, ""), today)
    phones = () if isinstance(names, Refusal) else read_phones(texts.get(RESIDENT_PHONE, ""), len(names))
    wrong = [
        (key, value)
        for key, value in ((RESIDENT, names), (RELATION, relation), (SINCE, since), (RESIDENT_PHONE, phones))
        if isinstance(value, Refusal)
    ]
    if isinstance(names, Refusal) or isinstance(phones, Refusal):
        return [], wrong
    if isinstance(relation, Refusal) or isinstance(since, Refusal):
        return [], wrong
    return [Resident(name, phone, relation, since) for name, phone in zip(names, phones, strict=True)], []
