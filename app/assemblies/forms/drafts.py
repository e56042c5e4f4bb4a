"""The steps of a notice, one form each; what is typed is kept even where it is not right yet."""

from dataclasses import replace

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.assemblies.rules import MATTERS, OWNERS, RESIDENTS, SPECIAL, Draft, DraftItem, Matter, with_items
from app.assemblies.rules.drafts import MOST_ITEMS
from app.core.forms import HouseForm
from app.core.i18n import _, _l
from app.core.words import N_

CHANNELS = {
    "online": N_("网上"),
    "paper": N_("纸质选票"),
    "stall": N_("投票点"),
    "phone": N_("电话，两人见证"),
    "proxy": N_("书面委托"),
    "letter": N_("寄信"),
}
PRECEDENCES = {
    "last": (N_("以最后收到的为准"), N_("投过的还可以改")),
    "first": (N_("以最先收到的为准"), N_("第一张收到以后，再来的不算")),
    "paper": (N_("纸质和寄来的优先"), N_("收到纸质的，网上的就不算；其余以最后一次为准")),
}
VISIBLE = {
    "electorate": (N_("本次投票的业主，截止以后"), N_("登录以后可以看各户怎么投")),
    "public": (N_("所有人，截止以后"), ""),
    "nobody": (N_("谁都不能看"), N_("只公布票数")),
}
METHODS = {
    "opinion": (N_("同意或不同意"), ""),
    "approval": (N_("几项里选喜欢的，可以选几项"), N_("票多的在前")),
    "score": (N_("给每一项打分"), N_("0到5分，总分高的在前")),
    "irv": (N_("排先后，逐轮淘汰"), N_("排在最前的过半数为止")),
    "schulze": (N_("排先后，两两比较"), N_("和每一项比都占多数的在前")),
    "budget": (N_("在一笔预算里选"), N_("每项写明多少钱，两种算法并列公布")),
}


class StartForm(HouseForm):
    """Who is called."""

    electorate = RadioField(
        _l("请谁来投"),
        [InputRequired(_l("请选一项再继续"))],
        choices=[
            SelectChoice(OWNERS, _l("全体业主"), {"note": _l("民法典规定由业主共同决定的九类事，结果有约束力")}),
            SelectChoice(RESIDENTS, _l("全体居民"), {"note": _l("征求意见，结果供决定时参考")}),
        ],
    )


class ItemForm(HouseForm):
    """One matter."""

    title = StringField(_l("什么事"), description=_l("一句话，例如：更换消防管网"))
    question = TextAreaField(_l("选票上的问题"), description=_l("写成可以用“同意”回答的一句话，费用写清楚"))


class MattersForm(HouseForm):
    """What is to be decided, one matter or several."""

    seen = HiddenField()
    title = StringField(_l("通知的题目"), description=_l("只有一件事的，可以空着，就用那件事的题目"))
    items = FieldList(FormField(ItemForm), min_entries=1, max_entries=MOST_ITEMS * 5)

    def taken(self, draft: Draft) -> Draft:
        """The draft with what was typed; matters left empty are dropped, and what else is known of a matter stays."""
        found = []
        for place, entry in enumerate(self.items):
            title, question = entry.form.title.data or "", entry.form.question.data or ""
            if title or question:
                known = draft.items[place] if place < len(draft.items) else DraftItem()
                found.append(replace(known, title=title, question=question))
        return with_items(replace(draft, title=self.title.data or ""), found)


def _words(one: Matter) -> list[str]:
    """What belongs to a kind, how the law says it, and whether it wants more."""
    special = [_("要3/4同意")] if one.number in SPECIAL else []
    return [*special, _(one.examples), _(one.legal)]


class KindsForm(HouseForm):
    """Which of the nine each matter is."""

    seen = HiddenField()
    kinds = FieldList(RadioField(choices=[], validate_choice=False))

    def offer(self, draft: Draft) -> None:
        """The nine in plain words, once for each matter."""
        while draft.electorate == OWNERS and len(self.kinds) < len(draft.items):
            self.kinds.append_entry()
        for entry, item in zip(self.kinds, draft.items, strict=False):
            entry.label.text = item.title
            entry.choices = [
                SelectChoice(str(one.number), _(one.plain), {"note": " · ".join(_words(one))})
                for one in MATTERS.values()
            ]
            if entry.data is None and item.matter:
                entry.data = str(item.matter)

    def taken(self, draft: Draft) -> Draft:
        """The draft with the kinds that were chosen."""
        chosen = [int(entry.data) if entry.data in map(str, MATTERS) else 0 for entry in self.kinds]
        if draft.electorate != OWNERS:
            return draft
        items = tuple(replace(item, matter=kind) for item, kind in zip(draft.items, chosen, strict=False))
        return replace(draft, items=items)


class RulesForm(HouseForm):
    """When and how it is voted."""

    seen = HiddenField()
    opens_on = DateField(_l("从哪一天起投票"), [InputRequired(_l("选一个日期"))])
    closes_on = DateField(_l("投到哪一天"), [InputRequired(_l("选一个日期"))])
    channels = SelectMultipleField(
        _l("怎么投"), choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    precedence = RadioField(_l("一户投了几次，算哪一张"), choices=[])
    proxy_limit = IntegerField(
        _l("一个人最多受托几户"),
        [Optional(), NumberRange(0, 999, _l("写一个数，例如3"))],
        description=_l("空着就是不限"),
    )
    choices_visible = RadioField(_l("各户怎么投，谁可以看"), choices=[])
    seen_live = BooleanField(_l("边投边公布结果"), description=_l("一般不选：截止前谁也看不到结果，管理员也不能"))
    follow_majority = BooleanField(_l("没投的票另计入多数（从众）"))
    method = RadioField(_l("怎么计票"), choices=[])
    options = TextAreaField(
        _l("选项"), description=_l("一行一项。在预算里选的，行尾写钱数，例如：健身角 80000"), render_kw={"rows": 6}
    )

    def offer(self) -> None:
        """The ways in the reader's words."""
        self.channels.choices = [SelectChoice(key, _(words)) for key, words in CHANNELS.items()]
        for field, ways in (
            (self.precedence, PRECEDENCES),
            (self.choices_visible, VISIBLE),
            (self.method, METHODS),
        ):
            field.choices = [
                SelectChoice(key, _(words), {"note": _(note) if note else ""}) for key, (words, note) in ways.items()
            ]

    def taken(self, draft: Draft) -> Draft:
        """The draft with what was chosen."""
        found = replace(
            draft,
            opens_on=self.opens_on.data.isoformat() if self.opens_on.data else "",
            closes_on=self.closes_on.data.isoformat() if self.closes_on.data else "",
        )
        if draft.electorate != OWNERS:
            lines = tuple(line.strip() for line in (self.options.data or "").split("\n") if line.strip())
            money = self.budget.data or 0
            return replace(found, method=self.method.data or "opinion", options=lines, budget=money)
        return replace(
            found,
            channels=tuple(self.channels.data or ()),
            precedence=self.precedence.data or "last",
            proxy_limit=self.proxy_limit.data,
            choices_visible=self.choices_visible.data or "electorate",
            live=bool(self.seen_live.data),
            follow_majority=bool(self.follow_majority.data),
        )

    budget = IntegerField(
        _l("一共有多少钱（元）"),
        [Optional(), NumberRange(1, 10**9, _l("写整数元，例如100000"))],
        description=_l("只有在预算里选的才填"),
    )


class NoticeForm(HouseForm):
    """The text as it is posted."""

    seen = HiddenField()
    notice = TextAreaField(_l("通知正文"), description=_l("已经按前面几步写好，请读一遍，补上要说明的话"))
