"""Choosing the spreadsheet, and confirming what was read from it."""

from wtforms import FileField

from app.core.forms import HouseForm
from app.core.i18n import _l


class UploadForm(HouseForm):
    """The committee's spreadsheet."""

    file = FileField(
        _l("名册文件"),
        description=_l("Excel工作簿（.xlsx），不超过10 MB。先核对，确认以后才写进名册。"),
        render_kw={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    )


class ConfirmForm(HouseForm):
    """Nothing to fill in: what was read is right."""
