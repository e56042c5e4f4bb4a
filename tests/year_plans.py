"""Write down what the library knows of the years around ours: `python -m tests.year_plans`, when it knows another year."""

import json

from app.core.workdays import WRITTEN, library_plan

YEARS = range(2015, 2041)


def text() -> str:
    """One line a year: whether the notice is known, the days off, the weekends made up for."""
    lines = []
    for year in YEARS:
        plan = library_plan(year)
        days = {
            name: [f"{day:%m-%d}" for day in sorted(found)]
            for name, found in (("off", plan.days_off), ("made_up", plan.made_up))
        }
        lines.append(f'"{year}": {json.dumps({"official": plan.official, **days})}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    WRITTEN.write_text(text(), "utf-8")
