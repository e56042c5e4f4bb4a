"""Whom the co-owners of a dwelling name."""

from collections.abc import Sequence

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from app.core.forms import HouseForm
from app.core.i18n import _l


class VoterForm(HouseForm):
    """One of the owners."""

    person = RadioField(_l("由谁投这套房的票"), [InputRequired(_l("请选一位再继续"))], choices=[])

    @property
    def named(self) -> int:
        """The number of the person who was chosen."""
        return int(self.person.data)

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """The owners to choose from."""
        self.person.choices = [(str(number), name) for number, name in people]


class MandateForm(VoterForm):
    """One of the owners, and the paper on which all have signed."""

    note = StringField(
        _l("书面推选书"),
        [InputRequired(_l("写明哪一天签的、存在哪里")), Length(max=200)],
        description=_l("写明全体共有人哪一天签的字、原件存在哪里，例如：2026年3月2日签，存服务台票箱夹"),
    )
