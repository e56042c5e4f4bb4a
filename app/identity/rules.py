"""What a sign-in name, a password and an invitation must be."""

import re
from datetime import datetime, timedelta

from app.core.values import Refusal
from app.core.words import N_

SESSION_TERM = timedelta(days=30)
INVITATION_TERM = timedelta(days=60)
SIGN_IN_RATE = "10/15 minutes"
CODE_RATE = "10/15 minutes"
FAILURES_RATE = "100/15 minutes"
LOGIN = re.compile(r"(\d{11}|[a-z][a-z0-9._-]{2,39}|[^@\s]{1,64}@[^@\s]{3,120})\Z")
COMMON = frozenset({"12345678", "123456789", "1234567890", "password", "qwertyui", "11111111", "88888888", "00000000"})


def normal_login(typed: str) -> str:
    """The form in which a sign-in name is recognised: no spaces, no +86, small letters."""
    login = "".join(typed.split()).lower()
    digits = re.sub(r"[-()]", "", login)
    if re.fullmatch(r"(\+?86)?\d{11}", digits):
        return digits[-11:]
    return login


def login_refusal(login: str) -> Refusal | None:
    """A sign-in name is a mobile number, an e-mail address or a name of small letters and digits."""
    if LOGIN.match(login):
        return None
    return Refusal(N_("登录名写手机号、邮箱，或3到40个小写字母和数字（以字母开头）。"))


def password_refusal(password: str, login: str) -> Refusal | None:
    """A password has at least 8 signs, at most 128, and is not the sign-in name or one that everybody tries."""
    if not 8 <= len(password) <= 128:
        return Refusal(N_("密码要有8到128个字符。"))
    if password.lower() in COMMON or (login and password.lower() == login) or len(set(password)) < 3:
        return Refusal(N_("这个密码太容易猜到。可以用三四个不相关的词连起来。"))
    return None


def invitation_refusal(now: datetime, expires_at: datetime, used: bool) -> Refusal | None:
    """A code is good once and until its day."""
    if used:
        return Refusal(N_("这个邀请码已经用过。如果不是您用的，请马上联系服务台。"))
    if now >= expires_at:
        return Refusal(N_("这个邀请码在%(day)s过期了。请到服务台再领一个。"), {"day": expires_at})
    return None
