"""What tests of postings begin with: a list of households, a text, and somebody who posts it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core.law import law_row
from app.core.values import Entry, Ref
from app.publication import actions, rules
from app.publication.rules import Draft
from tests.world import World

TODAY = date(2026, 3, 2)
TITLE = "更换消防泵，请业主投票"
BODY = "投票从3月20日开始，到4月1日截止。请凭选票上的码上网投，或把纸质选票交到服务台。"
DRAFT = Draft(rules.OWNERS_NOTICE, TITLE, BODY, TODAY, ("board", "halls", "online"))


def households(buildings: int = 2, each: int = 4) -> list[Entry]:
    """So many dwellings in so many buildings, in the order of a walk."""
    return [
        Entry(f"{building}-1-{room // 2 + 1}0{room % 2 + 1}", f"{building}号楼1单元{room // 2 + 1}0{room % 2 + 1}", str(building))
        for building in range(1, buildings + 1)
        for room in range(each)
    ]  # fmt: skip


def posted(
    world: World,
    lines: Sequence[Entry] | None = None,
    *,
    role: str = "secretary",
    matter: Ref | None = None,
    corrects: int | None = None,
    **other: object,
) -> actions.Posted:
    """Something is posted in the small world; `other` are fields of the draft."""
    draft = replace(DRAFT, **other)  # type: ignore[arg-type]  # fields of the draft
    term = law_row(rules.LAW_KEYS[draft.kind], draft.begins)
    return actions.publish_posting(
        world.actor(role),
        world.community_id,
        draft,
        term,
        lines=households() if lines is None else lines,
        matter=matter,
        corrects=corrects,
    )
