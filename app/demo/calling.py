"""The owners are called: a notice written in its steps, one line of the roll corrected, one objection answered."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from app.assemblies.actions import (
    Convened,
    answer_correction,
    answer_objection,
    ask_correction,
    begin_draft,
    convene_draft,
    open_due,
    raise_objection,
    save_draft,
    terms_of,
)
from app.assemblies.rules import Draft, DraftItem, with_items
from app.assemblies.rules.notice import notice_text
from app.communities.queries import get_community
from app.core import clock
from app.core.values import Actor
from app.demo.stage import ZONE, Stage
from app.register.queries.rolls import roll_preview

WHO = "陈女士"
MORE = 80
"""What the register lacks of the author's flat, in 0.01 m²."""


def call_owners(stage: Stage, secretary: Actor, item: DraftItem, opens: datetime, closes: datetime) -> Convened:
    """The secretary writes the notice as the wizard does, from the matter to the text, and calls the assembly today."""
    here, day = stage.community_id, clock.today(ZONE.key)
    draft = with_items(Draft(), [item])
    draft_id = begin_draft(secretary, here, draft)
    first, last = (at.astimezone(ZONE).date().isoformat() for at in (opens, closes))
    draft = replace(draft, opens_on=first, closes_on=last, proxy_limit=3)
    window = draft.window(ZONE.key)
    assert window is not None, "both days are set"
    text = notice_text(get_community(here).name, draft, window, [terms_of(here, draft, item, day)], day)
    save_draft(secretary, here, draft_id, replace(draft, notice=text), 0)
    return convene_draft(secretary, here, draft_id)


def speak_up(stage: Stage, made: Convened) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Before the vote an owner has the area of her flat corrected; the roll is frozen; after it she objects."""
    here, at = stage.community_id, stage.at
    mine = {ref.id for ref in stage.actor(WHO).refs("person")}
    lines = roll_preview(here, stage.day(27))
    line = next(line for line in lines if mine.intersection(line.owners)).entry
    owner, clerk = (partial(stage.actor, who) for who in (WHO, "赵敏"))
    area = line.area + MORE
    reason = f"房产证上写的是{area // 100}.{area % 100:02d}平方米，名册少写了。"
    yield at(26, 19), lambda: ask_correction(owner(), here, made.number, line.key, "area", reason, area)
    answer = "已对照房产证原件，按证上的面积计算；房屋名册也要改。"
    yield at(24, 10), lambda: answer_correction(clerk(), here, made.number, 1, True, answer)
    yield at(12, 9), open_due
    doubt = "我们楼道没有看到张贴的通知，请查一查每个单元是不是都贴了。"
    yield at(12, 9) + timedelta(minutes=20), lambda: raise_objection(owner(), here, made.number, "", doubt)


def answer(stage: Stage, made: Convened) -> tuple[datetime, Callable[[], object]]:
    """The convener looks into it and answers for everybody to read."""
    words = (
        "已逐单元核对：2号楼2单元的通知被雨淋落，当天补贴，并给该单元各户送了书面通知。投票期还有十多天，不影响参加。"
    )
    return stage.at(10, 10), lambda: answer_objection(
        stage.actor("王书记"), stage.community_id, made.number, 1, False, words
    )
