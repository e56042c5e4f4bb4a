"""Reading a committee's spreadsheet: every row becomes a dwelling, an owner or a resident, or is named with its reason."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.core.values import Area, Refusal
from app.core.words import N_
from app.register.rules.cells import read_area, read_basis, read_building, read_room, read_unit, read_use
from app.register.rules.figures import figures
from app.register.rules.headings import AREA, BASIS, BUILDING, ROOM, TITLES, UNIT, USE, Headings
from app.register.rules.household import Household
from app.register.rules.lines import BANNER, LINE, SUM, kind_of_line
from app.register.rules.people import is_organisation
from app.register.rules.row import owners_of_row, residents_of_row
from app.register.rules.text import cell_text
from app.register.rules.values import Dwelling, Finding, Reading, dwelling_code


def read_register(rows: Iterable[Sequence[object]], headings: Headings, today: date) -> Reading:
    """Dwellings, owners and residents of all rows below the headings, and every cell that cannot be taken.

    `rows` are all rows of the sheet from its first, as the spreadsheet library gives them. Pure; wrap the rows to watch.
    """
    book = _Book(headings, today)
    for number, row in enumerate(rows, start=1):
        if number > headings.row:
            book.take(number, [cell_text(value) for value in row])
    return book.finish()


@dataclass(slots=True)
class _Book:
    """The state between two rows: where we are, which dwelling is open, what was seen and what was found."""

    headings: Headings
    today: date
    building: str = ""
    unit: str = ""
    open: Household | None = None
    seen: dict[str, int] = field(default_factory=dict)
    dwellings: list[Dwelling] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    told_sum: int | None = None

    def take(self, number: int, cells: list[str]) -> None:
        kind = kind_of_line(cells, self.headings)
        if kind == LINE:
            texts = {key: cells[at] for key, at in self.headings.columns.items() if at < len(cells) and cells[at]}
            if ROOM in texts:
                self._place(number, texts)
            else:
                self._continue(number, texts)
            return
        if kind == SUM:
            area = self.headings.columns[AREA]
            told = read_area(cells[area]) if area < len(cells) else None
            self.told_sum = told if isinstance(told, int) else None
        elif kind == BANNER:
            at = self.headings.columns[BUILDING]
            named = read_building(cells[at]) if at < len(cells) and cells[at] else None
            if isinstance(named, str) and len(named) <= 4:
                self.building, self.unit = named, ""
        else:
            return
        self._close()

    def finish(self) -> Reading:
        self._close()
        if not self.seen and not self.findings:
            self.findings.append(
                Finding(self.headings.row, "", Refusal(N_("表头下面没有一户。请把房屋写在表头下面。")))
            )
        dwellings = _developers(self.dwellings)
        findings = tuple(sorted(self.findings, key=lambda finding: finding.row))
        return Reading(dwellings, findings, self._notes(dwellings), figures(dwellings))

    def _notes(self, dwellings: Sequence[Dwelling]) -> tuple[Refusal, ...]:
        notes: list[Refusal] = []
        total = sum(dwelling.area for dwelling in dwellings)
        if self.told_sum is not None and self.told_sum != total and not self.findings:
            notes.append(
                Refusal(
                    N_("合计行写的是%(told)s，各户相加是%(total)s。以各户为准，请核对。"),
                    {"told": Area(self.told_sum), "total": Area(total)},
                )
            )
        unknown = sum(
            1
            for dwelling in dwellings
            if not dwelling.developer
            for owner in dwelling.owners
            if not owner.phone and not is_organisation(owner.name)
        )
        if unknown:
            notes.append(
                Refusal(
                    N_("%(count)s位业主没有电话。没有电话认不出同一人名下的几户，会各算一位业主。"), {"count": unknown}
                )
            )
        if self.headings.unread:
            notes.append(Refusal(N_("没有读这些列：%(columns)s。"), {"columns": "、".join(self.headings.unread)}))
        return tuple(notes)

    def _find(self, row: int, key: str, reason: Refusal) -> None:
        if self.open is not None:
            self.open.broken = True
        self.findings.append(Finding(row, TITLES[key], reason, self.headings.cell(key, row)))

    def _close(self) -> None:
        if self.open is not None:
            household, dwelling = self.open, self.open.close(self._find)
            self.open = None
            if dwelling is not None and not household.broken:
                self.dwellings.append(dwelling)

    def _place(self, number: int, texts: dict[str, str]) -> None:
        """A row with a room: a new dwelling, or a further line of the one just above."""
        building = read_building(texts.get(BUILDING, self.building))
        unit = read_unit(texts.get(UNIT, "" if BUILDING in texts else self.unit))
        room = read_room(texts[ROOM])
        wrong = [(key, value) for key, value in ((BUILDING, building), (UNIT, unit), (ROOM, room)) if _is_wrong(value)]
        code = "" if wrong else dwelling_code(str(building), str(unit), str(room))
        before = self.open
        if before is not None and code and before.code == code and self._goes_on(texts, before):
            self._people(number, texts, before)
            return
        self._close()
        area = read_area(texts.get(AREA, ""))
        self.building, self.unit = _text(building) or self.building, _text(unit)
        self.open = Household(
            number,
            _text(building),
            _text(unit),
            _text(room),
            code,
            area if isinstance(area, int) else 0,
            read_use(texts.get(USE, "")),
            read_basis(texts.get(BASIS, "")),
            told={BUILDING: building, UNIT: unit, AREA: area},
        )
        for key, reason in [*wrong, (AREA, area)]:
            if isinstance(reason, Refusal):
                self._find(number, key, reason)
        if code in self.seen:
            other = {"code": code, "other": self.seen[code]}
            self._find(number, ROOM, Refusal(N_("%(code)s和第%(other)s行是同一户。请删掉一行，或改正房号。"), other))
        elif code:
            self.seen[code] = number
        self._people(number, texts, self.open)

    def _goes_on(self, texts: dict[str, str], before: Household) -> bool:
        """Whether a row that names the same room again adds an owner or a resident rather than the dwelling again."""
        if AREA in texts and read_area(texts[AREA]) != before.told[AREA]:
            return False
        owners, wrong = owners_of_row(texts)
        if not wrong and all(before.has_owner(person, phone) for person, phone, _ in owners):
            residents, _ = residents_of_row(texts, self.today)
            return any(not before.has_resident(resident) for resident in residents)
        return not before.whole()

    def _continue(self, number: int, texts: dict[str, str]) -> None:
        """A row without a room: a further line of the dwelling just above, or a dwelling whose room is missing."""
        before = self.open
        if before is not None and all(
            read(texts[key]) == before.told.get(key) for key, read in _REPEATED.items() if key in texts
        ):
            self._people(number, texts, before)
            return
        self._close()
        self.open = Household(number)
        self._find(
            number, ROOM, Refusal(N_("没有写房号，也接不上上一户。请写房号；同一户的共有人请紧接着写在下一行。"))
        )
        area = read_area(texts.get(AREA, ""))
        if isinstance(area, Refusal):
            self._find(number, AREA, area)
        self._people(number, texts, self.open)

    def _people(self, number: int, texts: dict[str, str], household: Household) -> None:
        owners, wrong = owners_of_row(texts)
        household.owners_broken |= bool(wrong)
        for person, phone, share in owners:
            household.add_owner(person, phone, share)
        residents, also_wrong = residents_of_row(texts, self.today)
        for resident in residents:
            household.add_resident(number, resident)
        for key, reason in wrong + also_wrong:
            self._find(number, key, reason)


_REPEATED: dict[str, Callable[[str], object]] = {BUILDING: read_building, UNIT: read_unit, AREA: read_area}


def _is_wrong(value: object) -> bool:
    return isinstance(value, Refusal)


def _text(value: str | Refusal) -> str:
    return value if isinstance(value, str) else ""


def _developers(dwellings: Sequence[Dwelling]) -> tuple[Dwelling, ...]:
    """A company once marked as the developer is the developer of every unit that it alone still owns."""
    names = {owner.name for dwelling in dwellings if dwelling.developer for owner in dwelling.owners}
    return tuple(
        replace(dwelling, developer=True)
        if not dwelling.developer and all(owner.name in names for owner in dwelling.owners)
        else dwelling
        for dwelling in dwellings
    )
