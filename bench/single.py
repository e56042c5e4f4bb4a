"""What is measured in one process: taking a register in, and the outcome of a very large vote."""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import case, func, select

from app.communities.actions import create_community
from app.core import clock
from app.core.db import db
from app.core.law import law_row
from app.core.steady import steady
from app.core.values import Refusal, the_house
from app.register.actions import import_register
from app.register.forms import open_workbook
from app.register.rules import read_register
from app.voting.models import Poll, RollEntry
from app.voting.queries import get_poll, sums
from app.voting.rules import owners_terms, terms_as_json
from bench.fill import put

HEADINGS = ("楼栋", "单元", "房号", "建筑面积", "用途", "业主姓名", "份额", "手机", "居住人", "居住关系", "入住日期")


def spreadsheet(rows: int) -> bytes:
    """A committee's spreadsheet with so many rows below its headings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(HEADINGS)
    for n in range(rows):
        place = (f"{n // 200 + 1}号楼", f"{n // 50 % 4 + 1}单元", f"{n // 2 % 25 + 1:02d}{n % 2 + 1:02d}")
        owner = f"业主{chr(0x4E00 + n % 5000)}{chr(0x5E00 + n % 700)}"
        sheet.append((*place, 80 + n % 60, "住宅", owner, "1", f"139{n:08d}", owner, "业主", "2015-06-01"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def measure_import(app: Flask, rows: int) -> tuple[float, float]:
    """Seconds of taking the file in, and of reading it with the library alone."""
    content = spreadsheet(rows)
    bare = min(_timed(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())
               for _ in range(3))  # fmt: skip
    with app.app_context():
        db.create_all()
        here = create_community("register", "名册社区")
        today = clock.today("Asia/Shanghai")

        def take_in() -> None:
            sheet = open_workbook(content)
            assert not isinstance(sheet, Refusal), sheet
            reading = steady(read_register)(sheet.rows, sheet.headings, today)
            assert len(reading.dwellings) == rows, (len(reading.dwellings), reading.findings[:3])
            import_register(the_house(here), here, reading, "0" * 64, today)

        taken = _timed(take_in)
        db.session.remove()
    return taken, bare


def measure_outcome(app: Flask, units: int) -> tuple[float, float]:
    """Seconds to add up a vote of so many units as the outcome does, and of one aggregate over the same rows."""
    with app.app_context():
        db.create_all()
        here, now = create_community("town", "百万社区"), clock.now()
        ended = {"opens_at": now - timedelta(days=9), "closes_at": now - timedelta(days=1)}
        terms = owners_terms(5, now.date(), law_row)
        terms = replace(terms, opens_at=ended["opens_at"], closes_at=ended["closes_at"])
        poll = {"id": 1, "community_id": here, "number": 1, "matter_kind": "proposal", "matter_id": 1, "kind": terms.kind,
                "question": "使用维修资金", "terms": terms_as_json(terms), "roll_sha256": "0" * 64, "lines": units,
                "heads": units, "area": units * 9_000, "created_at": now, "frozen_at": ended["opens_at"],
                **ended}  # fmt: skip
        put(Poll, [poll])
        put(
            RollEntry,
            (
                {"community_id": here, "poll_id": 1, "place": n, "code": f"u{n}", "key": f"{n}", "label": f"{n}室",
                 "building": f"{n % 900}号楼", "head": f"h{n * 9 // 10}", "lone": n % 10 > 1, "area": 9_000,
                 "choice": "yes" if n % 3 else None}
                for n in range(units)
            ),
        )  # fmt: skip
        one = select(
            func.count(func.distinct(RollEntry.head)),
            func.sum(RollEntry.area),
            func.sum(case((RollEntry.choice == "yes", RollEntry.area), else_=0)),
        ).where(RollEntry.poll_id == 1, RollEntry.recused.is_(False))
        found = get_poll(1)
        aggregate = min(_timed(lambda: db.session.execute(one).all()) for _ in range(3))
        outcome = min(_timed(lambda: sums(found)) for _ in range(3))
        db.session.remove()
        db.engine.dispose()
    return outcome, aggregate


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
