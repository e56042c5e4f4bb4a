"""One dwelling while its rows are being read: owners, shares and residents gather until it is whole."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from app.core.values import Refusal
from app.core.words import N_
from app.register.rules.headings import OWNER, RESIDENT, SHARE
from app.register.rules.people import Named
from app.register.rules.values import SELF, Dwelling, Owner, Resident

Find = Callable[[int, str, Refusal], None]


@dataclass(slots=True)
class Household:
    """The rows of one dwelling so far; `code` is empty where its place could not be read, `told` is what its cells gave."""

    row: int
    building: str = ""
    unit: str = ""
    room: str = ""
    code: str = ""
    area: int = 0
    use: str = ""
    basis: str = ""
    broken: bool = False
    owners_broken: bool = False
    owners: list[tuple[Named, str, Fraction | None]] = field(default_factory=list)
    residents: list[tuple[int, Resident]] = field(default_factory=list)
    told: dict[str, object] = field(default_factory=dict)

    def whole(self) -> bool:
        """Whether written shares already add up to one, so that a further owner must belong elsewhere."""
        shares = [share for _, _, share in self.owners]
        return bool(shares) and None not in shares and sum(share or 0 for share in shares) >= 1

    def has_owner(self, person: Named, phone: str) -> bool:
        """Whether this owner stands here already."""
        return any(known.name == person.name and number == phone for known, number, _ in self.owners)

    def has_resident(self, resident: Resident) -> bool:
        """Whether this resident stands here already."""
        return any(known == resident for _, known in self.residents)

    def add_owner(self, person: Named, phone: str, share: Fraction | None) -> None:
        """Take one owner, once: a row may repeat them for another resident."""
        if not self.has_owner(person, phone):
            self.owners.append((person, phone, share))

    def add_resident(self, row: int, resident: Resident) -> None:
        """Take one resident, once: a row may repeat them for another owner."""
        if not self.has_resident(resident):
            self.residents.append((row, resident))

    def close(self, find: Find) -> Dwelling | None:
        """The dwelling, if nothing of it was found wrong; its owners, shares and residents are checked together."""
        shares = self._shares(find)
        if not self.owners_broken:
            names = {person.name for person, _, _ in self.owners}
            for row, resident in self.residents:
                if resident.relation == SELF and resident.name not in names:
                    self.broken = True
                    find(
                        row,
                        RESIDENT,
                        Refusal(
                            N_("居住关系写的是业主本人，“%(name)s”却不在这一户的业主里。请核对居住人或居住关系。"),
                            {"name": resident.name},
                        ),
                    )
        if self.broken or shares is None:
            return None
        return Dwelling(
            self.row,
            self.building,
            self.unit,
            self.room,
            self.code,
            self.area,
            self.use,
            self.basis,
            self.owners[0][0].developer,
            tuple(
                Owner(person.name, phone, share.numerator, share.denominator)
                for (person, phone, _), share in zip(self.owners, shares, strict=True)
            ),
            tuple(resident for _, resident in self.residents),
        )

    def _shares(self, find: Find) -> list[Fraction] | None:
        if self.owners_broken:
            return None
        count = len(self.owners)
        if not count:
            find(
                self.row,
                OWNER,
                Refusal(N_("没有写业主。请写产权证上的业主；没有卖出的写开发商名称，并注明“开发商，未售”。")),
            )
            return None
        if len({person.developer for person, _, _ in self.owners}) > 1:
            find(self.row, OWNER, Refusal(N_("开发商和别的业主写在同一户。卖出的写业主，没有卖出的只写开发商。")))
            return None
        written = [share for _, _, share in self.owners if share is not None]
        if written == [1]:
            return written
        if not written:
            return [Fraction(1, count)] * count
        if len(written) < count:
            find(
                self.row,
                SHARE,
                Refusal(
                    N_("这一户%(owners)s位业主，只有%(shares)s位写了份额。请都写上，或都空着（按相等计算）。"),
                    {"owners": count, "shares": len(written)},
                ),
            )
            return None
        total = sum(written, Fraction())
        if total != 1:
            find(
                self.row,
                SHARE,
                Refusal(N_("这一户的份额加起来是%(total)s，不是1。三人平分请写1/3，不写33%%。"), {"total": str(total)}),
            )
            return None
        return written
