"""What an organisation says of itself."""

from typing import Any

from wtforms import PasswordField, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from app.core.forms import HouseForm, half_width
from app.core.i18n import _, _l, said
from app.organisations import rules


def _plain(text: str | None) -> str:
    return half_width(text or "")


class CertificateForm(HouseForm):
    """What stands first on the certificate, and so first on the page and among what is to be mended."""

    credit_code = StringField(
        _l("统一社会信用代码"),
        [DataRequired(_l("写上登记证书上的18位代码"))],
        filters=[lambda text: rules.normal_code(text or "")],
        description=_l("登记证书上的18位，最后一位用来校验"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    kind = SelectField(_l("机构类型"), [DataRequired(_l("选一个机构类型"))])


class ParticularsForm(HouseForm):
    """Name, contact and a few words, which may change."""

    name = StringField(
        _l("机构名称"),
        [DataRequired(_l("写上机构的全称")), Length(2, 120, _l("名称要有2到120个字"))],
        description=_l("和登记证书上的一样"),
        render_kw={"autocomplete": "organization"},
    )
    contact = StringField(
        _l("联系人"),
        [DataRequired(_l("写上联系人的姓名")), Length(max=60, message=_l("最多60个字"))],
        render_kw={"autocomplete": "name"},
    )
    phone = TelField(
        _l("联系电话"),
        [
            DataRequired(_l("写上联系电话")),
            Regexp(r"[0-9+() -]{6,20}\Z", message=_l("电话只写数字，例如13800001111或021-55550100")),
        ],
        filters=[_plain],
        description=_l("加密保存，只给采购人和您自己的机构看"),
        render_kw={"autocomplete": "tel"},
    )
    address = StringField(
        _l("地址"),
        [Optional(), Length(max=200, message=_l("最多200个字"))],
        render_kw={"autocomplete": "street-address"},
    )
    summary = TextAreaField(
        _l("做过什么"),
        [Optional(), Length(max=2000, message=_l("最多2000个字"))],
        description=_l("用几句话说说擅长的服务，每次投标都会带上"),
    )


class RegisterForm(ParticularsForm, CertificateForm):
    """The particulars, with the credit code and the kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", _("请选择")), *((kind, _(words)) for kind, words in rules.KINDS.items())]

    def validate_credit_code(self, field: Any) -> None:
        """The code is right in itself."""
        refusal = rules.credit_code_refusal(field.data or "")
        if refusal is not None:
            raise ValidationError(said(refusal))


class RegisterWithAccountForm(RegisterForm):
    """The same for somebody who has no account yet."""

    own_name = StringField(
        _l("您的姓名"), [DataRequired(_l("写上您的姓名")), Length(max=40)], render_kw={"autocomplete": "name"}
    )
    login = StringField(
        _l("登录名"),
        [DataRequired(_l("写上登录名，例如手机号")), Length(max=160)],
        filters=[_plain],
        description=_l("最好用手机号"),
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("密码"),
        [DataRequired(_l("写上密码")), Length(8, 128, _l("密码要有8到128个字符"))],
        description=_l("至少8个字符，可以用三四个不相关的词"),
        render_kw={"autocomplete": "new-password"},
    )
