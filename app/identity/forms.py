"""Signing in, using a code, changing the password."""

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.core.forms import HouseForm, half_width
from app.core.i18n import _l


def _plain(text: str | None) -> str:
    return half_width(text or "")


class SignInForm(HouseForm):
    """Sign-in name and password."""

    login = StringField(
        _l("登录名"),
        [DataRequired(_l("写上登录名，例如手机号")), Length(max=160)],
        filters=[_plain],
        description=_l("手机号、邮箱，或开户时自己取的名字"),
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("密码"), [DataRequired(_l("写上密码")), Length(max=128)], render_kw={"autocomplete": "current-password"}
    )


class InvitationForm(HouseForm):
    """The code on the letter, for somebody who is signed in."""

    code = StringField(
        _l("邀请码"),
        [DataRequired(_l("写上信上的八位码")), Length(max=40)],
        filters=[_plain],
        description=_l("在信或短信上，两组各四位，不分大小写"),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters"},
    )


class NewAccountForm(InvitationForm):
    """The code, and the account that it opens."""

    name = StringField(
        _l("姓名"), [DataRequired(_l("写上您的姓名")), Length(max=40)], render_kw={"autocomplete": "name"}
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


class PasswordForm(HouseForm):
    """The old password and the new one."""

    old = PasswordField(
        _l("现在的密码"), [DataRequired(_l("写上现在的密码"))], render_kw={"autocomplete": "current-password"}
    )
    new = PasswordField(
        _l("新密码"),
        [DataRequired(_l("写上新密码")), Length(8, 128, _l("密码要有8到128个字符"))],
        description=_l("至少8个字符。改好后，别的设备上要重新登录。"),
        render_kw={"autocomplete": "new-password"},
    )
