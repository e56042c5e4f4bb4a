"""What is typed to post something, to take it down, and at the desk where service is entered."""

from collections.abc import Mapping, Sequence
from datetime import date

from wtforms import (
    DateField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import HouseForm
from app.core.i18n import _, _l
from app.core.values import Ref
from app.publication import rules
from app.publication.rules import Draft

NONE = "none"
ONE_NAME = Length(max=30, message=_l("姓名最多30个字"))


class PublishForm(HouseForm):
    """A text to be posted; `corrects` is the number of the posting that it corrects."""

    kind = SelectField(_l("公示什么"), choices=[SelectChoice(key, _l(words)) for key, words in rules.KINDS.items()])
    title = StringField(
        _l("标题"),
        [DataRequired(_l("写一句话的标题"))],
        description=_l("一句话，最多80个字。就是要公示的事，例如3号楼电梯停用两天。"),
        render_kw={"autocomplete": "off"},
    )
    body = TextAreaField(
        _l("正文"),
        [DataRequired(_l("写公示的正文"))],
        description=_l("发布以后不能再改，写错了只能另发一份更正。第一句会印在海报上。"),
    )
    begins = DateField(_l("从哪天开始"), [InputRequired(_l("选开始的日期"))])
    until = DateField(_l("到哪天为止"), [Optional()], description=_l("空着就按规定的期限。可以更长，不能更短。"))
    places = SelectMultipleField(
        _l("张贴在哪里"),
        choices=[SelectChoice(key, _l(words)) for key, words in rules.PLACES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    about = SelectField(_l("关于哪件事"), choices=[], description=_l("选了，那件事的页面上就看得到这份公示。"))
    to = RadioField(_l("要不要逐户送达"), choices=[], validate_choice=True)
    corrects = HiddenField()

    def offer(self, lists: Mapping[str, str]) -> None:
        """The lists of households that may be reached one by one, by name, beside reaching nobody in particular."""
        nobody = SelectChoice(NONE, _("不用，贴出来就行"))
        self.to.choices = [nobody, *(SelectChoice(name, _(words)) for name, words in lists.items())]
        if self.to.data in (None, "None"):
            self.to.data = NONE

    def offer_matters(self, kinds: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """What a posting may be about, by kind, beside nothing in particular."""
        nothing = (NONE, _("和别的事没有关系"))
        self.about.choices = {_("不关联"): [nothing], **{words: things for words, things in kinds.items() if things}}
        known = {key for things in kinds.values() for key, _title in things}
        if not self.about.raw_data and self.about.data not in known:
            self.about.data = NONE

    @property
    def thing(self) -> Ref | None:
        """What was chosen that it is about."""
        return None if self.about.data in (None, NONE) else Ref.parse(str(self.about.data))

    @property
    def to_list(self) -> str:
        """The list that was chosen, empty for none."""
        return "" if self.to.data in (None, NONE) else str(self.to.data)

    def draft(self) -> Draft:
        """What was typed, for the rules."""
        assert self.begins.data is not None, "the form was sent well"
        return Draft(
            self.kind.data or "",
            self.title.data or "",
            self.body.data or "",
            self.begins.data,
            tuple(self.places.data or ()),
            self.until.data,
        )


class WithdrawForm(HouseForm):
    """Why a posting is taken down."""

    reason = TextAreaField(
        _l("为什么撤下"),
        [DataRequired(_l("写明为什么撤下"))],
        description=_l("理由和原文都会留在页面上，大家看得到。"),
    )


class ServiceForm(HouseForm):
    """One household after the other: type or scan a door, Enter, next."""

    keys = StringField(
        _l("门牌"),
        [DataRequired(_l("写送到了哪一户，例如1-2-301"))],
        description=_l("写或扫1-2-301，按回车。一次写几户，中间空一格。"),
        render_kw={"autocomplete": "off", "autofocus": True, "autocapitalize": "off", "spellcheck": "false"},
    )
    way = RadioField(_l("怎么送的"), choices=[SelectChoice(way, _l(words)) for way, words in rules.WAY_WORDS.items()])
    on = DateField(_l("哪一天"), [InputRequired(_l("选送达的日期"))])
    note = SelectField(
        _l("备注"), choices=[SelectChoice(key or NONE, _l(words)) for key, words in rules.NOTE_WORDS.items()]
    )
    first_witness = StringField(_l("见证人一"), [Optional(), ONE_NAME], render_kw={"autocomplete": "off"})
    second_witness = StringField(_l("见证人二"), [Optional(), ONE_NAME], render_kw={"autocomplete": "off"})

    paper = FileField(
        _l("照片或签收单"),
        [Optional()],
        description=_l("拍张照，或者选扫描件（PDF），不超过10 MB。只有办事的人看得到，校验值记进账本。"),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.webp"},
    )

    @property
    def doors(self) -> list[str]:
        """The doors that were typed."""
        return rules.read_keys(self.keys.data or "")

    @property
    def whole_building(self) -> str:
        """No whole building here."""
        return ""

    @property
    def remark(self) -> str:
        """The note, empty for none."""
        return "" if self.note.data in (None, NONE) else str(self.note.data)

    @property
    def witnesses(self) -> Sequence[str]:
        """Who saw it, if anybody."""
        return (self.first_witness.data or "", self.second_witness.data or "")

    @property
    def day(self) -> date:
        """The day on which it was brought."""
        assert self.on.data is not None, "the form was sent well"
        return self.on.data


class ManyForm(ServiceForm):
    """A whole building at once, or a list of doors."""

    building = SelectField(_l("整栋楼"), choices=[])
    keys = TextAreaField(
        _l("或者一串门牌"), [Optional()], description=_l("一行一户，可以从表格里整列粘贴。选了整栋楼就不用写。")
    )

    def offer(self, buildings: Sequence[tuple[str, str]]) -> None:
        """The buildings of the list, by name."""
        self.building.choices = [
            SelectChoice(NONE, _("不选")),
            *(SelectChoice(name, words) for name, words in buildings),
        ]

    @property
    def whole_building(self) -> str:
        """The building that was chosen, if one."""
        return "" if self.building.data in (None, NONE) else str(self.building.data)
