"""Who may call the owners or the residents together."""

from app.core.permissions import CONVENER, OPERATOR, SECRETARY, permission
from app.core.words import N_

CONVENE_ASSEMBLY = permission("convene_assembly", N_("召集业主大会和居民投票"), CONVENER, SECRETARY, OPERATOR)
