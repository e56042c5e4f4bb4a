"""Choosing a file to attach."""

from wtforms import FileField

from app.core.forms import HouseForm
from app.core.i18n import _l


class AttachForm(HouseForm):
    """One file."""

    file = FileField(
        _l("文件"),
        description=_l("PDF、图片、文档、表格、演示文稿或纯文本，不超过10 MB。图片会去掉拍摄地点等信息。"),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.webp,.gif,.docx,.xlsx,.pptx,.odt,.ods,.txt,.csv"},
    )
