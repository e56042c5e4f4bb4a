"""Every part of the look in every state, at `/components`: for those who build pages, and for the browser tests.

Only there when the configuration says DEBUG_GALLERY.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.forms import HouseForm
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC
from app.core.templating import local_now

pages = Blueprint("gallery", "app.gallery")
TOTAL = 3
STANDS = (("党支部", 3, 3), ("居委会", 3, 4), ("业委会", 3, 4))


class SampleForm(HouseForm):
    """One field of each kind."""

    title = StringField("事项", [DataRequired("写上要做什么"), Length(max=60)], description="一句话，别人一看就明白")
    budget = IntegerField("预算", [InputRequired("写上预算金额，例如126000")], description="单位是元")
    opens = DateField("投票开始日期", [InputRequired("不早于12月18日 星期五：通知到投票不少于15天")])
    kind = SelectField(
        "事项属于哪一类", choices=[SelectChoice("a", "使用维修资金"), SelectChoice("b", "改变共有部分用途")]
    )
    stance = RadioField(
        "您的态度",
        [InputRequired("选一个态度")],
        choices=[
            SelectChoice("yes", "同意"),
            SelectChoice("no", "不同意"),
            SelectChoice("abstain", "弃权", {"note": "算参加，不算同意"}),
        ],
    )
    reason = TextAreaField("理由", [Optional(), Length(max=500)], description="一条只说一个理由，最多500字。")
    plan = FileField("图纸", description="PDF或图片，不超过25 MB")
    secret = PasswordField("密码", render_kw={"autocomplete": "new-password"})
    checked = BooleanField("我核对过：决议文字、计票、不同意见都与会上一致。", [DataRequired("先核对，再打勾")])


def moments(now: datetime) -> dict[str, datetime]:
    """Moments around now that show every state of a deadline."""
    evening = now.replace(hour=20, minute=0, second=0, microsecond=0)
    return {
        "soon": now + timedelta(hours=2),
        "tomorrow": evening + timedelta(days=1),
        "later": evening + timedelta(days=3),
        "past": evening - timedelta(days=2),
        "began": evening - timedelta(days=22),
        "first": evening - timedelta(days=15),
        "ends": evening + timedelta(days=19),
    }


def samples() -> dict[str, Any]:
    """What the gallery shows."""
    wrong = SampleForm(MultiDict({"kind": "b", "opens": "2026-12-10", "reason": "三楼的灯坏了"}))
    wrong.validate()
    lit = ("lit", "pane", "lit", "lit", "lit", "pane")
    return {
        "at": moments(local_now()),
        "wrong": wrong,
        "fresh": SampleForm(),
        "dwellings": tuple(lit[(number * 5 + number // 7) % 6] for number in range(36)),
        "buildings": [
            {"label": f"{number}号楼", "total": total, "lit": lit_up, "crossed": crossed, "columns": columns}
            for number, total, lit_up, crossed, columns in (
                (1, 48, 33, 0, 8), (2, 48, 29, 2, 8), (3, 36, 25, 0, 6),
                (4, 36, 18, 3, 6), (5, 44, 30, 0, 4), (6, 44, 22, 2, 4),
            )
        ],
        "many": [{"label": f"{number}号楼", "total": 96, "lit": number * 4, "columns": 0} for number in range(1, 19)],
        "sides": [
            *({"name": name, "stance": "yes", "word": "赞成", "note": f"{yes}/{seats}席"} for name, yes, seats in STANDS),
            {"name": "物业", "stance": "off", "word": "回避", "note": "承接方"},
        ],
        "criteria": [
            {"name": "服务方案", "how": "菜单与营养、送餐路线、探访清单", "points": 35},
            {"name": "质量和应急", "how": "食品安全、老人突发情况的处置", "points": 20},
            {"name": "项目负责人和团队资质", "how": "社会工作者证、健康证，按证给分", "points": 20},
            {"name": "价格", "how": "最低有效报价 ÷ 报价 × 25", "points": 25},
        ],
        "squares": [[(x * y + x // 3 + y // 2) % 3 != 0 for x in range(21)] for y in range(21)],
    }  # fmt: skip


@pages.route("/components", methods=["GET", "POST"])
@access(PUBLIC)
def components() -> AnyResponse:
    """The whole look on one page; `?part=form` is a form alone, `?part=work` long work alone."""
    part, form = request.args.get("part", ""), SampleForm.from_request()
    if form.sent_well():
        return see_other("/components?part=sent")
    status = 422 if form.errors else 200
    return page("components/gallery.html", page_title="部件", part=part, form=form, status=status, **samples())


@pages.get("/components/work/<int:done>")
@access(PUBLIC)
def work(done: int) -> AnyResponse:
    """Long work as htmx asks for it: a little further each time, then finished."""
    return page("components/_gallery_work.html", done=min(done, TOTAL), total=TOTAL)
