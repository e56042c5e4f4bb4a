"""Who may register an organisation."""

from app.core.permissions import ACCOUNT, permission
from app.core.words import N_

REGISTER_ORGANISATION = permission("register_organisation", N_("登记机构"), ACCOUNT)
REVISE_ORGANISATION = permission("revise_organisation", N_("修改自己机构的资料"), ACCOUNT)
