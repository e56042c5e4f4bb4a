"""What a register adds up to: dwellings, floor area, owners by head, residents."""

from collections.abc import Iterable

from app.register.rules.people import head_key, person_key
from app.register.rules.values import SELF, TENANT, Dwelling, Figures


def head_of(dwelling: Dwelling) -> str:
    """The head that a dwelling counts towards: the exact set of its owners (区分所有权解释 9)."""
    people = (person_key(owner.name, owner.phone, dwelling.code) for owner in dwelling.owners)
    return head_key(people, dwelling.developer)


def figures(dwellings: Iterable[Dwelling]) -> Figures:
    """Counts of a whole register; floor area always sums by unit, owners count by head."""
    heads: set[str] = set()
    units = area = co_owned = developer = elsewhere = tenants = residents = 0
    for dwelling in dwellings:
        units += 1
        area += dwelling.area
        heads.add(head_of(dwelling))
        co_owned += len(dwelling.owners) > 1
        developer += dwelling.developer
        relations = [resident.relation for resident in dwelling.residents]
        elsewhere += not dwelling.developer and SELF not in relations
        tenants += relations.count(TENANT)
        residents += len(relations)
    return Figures(units, area, len(heads), co_owned, developer, elsewhere, tenants, residents)
