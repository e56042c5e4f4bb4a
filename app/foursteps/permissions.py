"""Who may lead a matter through the four deliberations."""

from app.core.permissions import CONVENER, OPERATOR, SECRETARY, permission
from app.core.words import N_

LEAD_FOUR_STEPS = permission("lead_four_steps", N_("登记“四议两公开”的每一步"), CONVENER, SECRETARY, OPERATOR)
