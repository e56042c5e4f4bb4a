"""Which organisations may offer services, and how a credit code is read."""

import unicodedata
from collections.abc import Mapping

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from app.core.values import Refusal
from app.core.words import N_

KINDS: Mapping[str, str] = {
    "association": N_("社会团体"),
    "service": N_("社会服务机构（民办非企业单位）"),
    "foundation": N_("基金会"),
    "enterprise": N_("企业"),
    "public_second": N_("公益二类事业单位"),
    "collective": N_("农村集体经济组织"),
    "grassroots": N_("基层群众性自治组织"),
    "public_first": N_("公益一类事业单位"),
    "staffed": N_("使用事业编制的群团组织"),
}
BARRED = frozenset({"public_first", "staffed"})
# 统一社会信用代码: the first two signs name who registered it, and as what.
_PREFIX: Mapping[str, tuple[str, ...]] = {
    "association": ("51",),
    "service": ("52",),
    "foundation": ("53",),
    "enterprise": ("91", "92", "93"),
    "public_first": ("12",),
    "public_second": ("12",),
}


def normal_code(typed: str) -> str:
    """A credit code as it is kept: half width, capitals, without blanks and dashes."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in folded if sign.isalnum())


def credit_code_refusal(code: str) -> Refusal | None:
    """A unified social credit code has eighteen signs, the last of which checks the others (GB 32100-2015)."""
    try:
        uscc.validate(code)
    except InvalidLength:
        return Refusal(N_("统一社会信用代码有18位，您写的是%(length)s位。"), {"length": len(code)}, "GB 32100-2015")
    except InvalidChecksum:
        sentence = N_("统一社会信用代码的校验位不对，可能有一位抄错了。请照着登记证书再核对一遍。")
        return Refusal(sentence, article="GB 32100-2015")
    except ValidationError:
        sentence = N_("统一社会信用代码里有不会出现的字符。代码只用数字和大写字母，没有I、O、S、V、Z。")
        return Refusal(sentence, article="GB 32100-2015")
    return None


def kind_refusal(kind: str, code: str) -> Refusal | None:
    """The kind of an organisation is what its credit code says."""
    expected = _PREFIX.get(kind)
    if expected is not None and code[:2] not in expected:
        sentence = N_("代码以%(prefix)s开头，和您选的机构类型不一致。请照着登记证书选。")
        return Refusal(sentence, {"prefix": code[:2]}, "GB 32100-2015")
    return None


def provider_refusal(kind: str) -> Refusal | None:
    """Fully funded institutions and staffed mass organisations may neither buy nor provide services (102号令 8)."""
    if kind in BARRED:
        return Refusal(
            N_("公益一类事业单位和使用事业编制的群团组织，既不能购买也不能承接政府购买的服务。"), article="102号令 8"
        )
    return None


def registration_refusal(kind: str, code: str, known: bool) -> Refusal | None:
    """An organisation registers once, with a code that is right, as what it is, if it may provide services at all."""
    refusal = credit_code_refusal(code) or provider_refusal(kind) or kind_refusal(kind, code)
    if refusal is None and known:
        return Refusal(N_("这个机构已经登记过了。请让机构里已有账号的人把您加进去，或到服务台办理。"))
    return refusal


def member_refusal(is_member: bool) -> Refusal | None:
    """Only those who belong to an organisation act for it."""
    if not is_member:
        return Refusal(N_("您没有登记为这个机构的人，不能替它办事。"))
    return None
