"""Who may invite and give roles."""

from app.core.permissions import CLERK, OPERATOR, SECRETARY, permission
from app.core.words import N_

INVITE = permission("invite", N_("发出邀请码"), SECRETARY, CLERK, OPERATOR)
GRANT_ROLE = permission("grant_role", N_("授予和结束职务"), SECRETARY, OPERATOR)
