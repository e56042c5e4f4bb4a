"""Who may publish a rule of the community, and its days off."""

from app.core.permissions import CONVENER, OPERATOR, SECRETARY, permission
from app.core.words import N_

PUBLISH_RULE = permission("publish_rule", N_("公布本社区的规则"), CONVENER, SECRETARY, OPERATOR)
SET_WORKDAYS = permission("set_workdays", N_("公布本社区的放假和调休"), CONVENER, SECRETARY, OPERATOR)
