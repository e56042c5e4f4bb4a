"""Who may propose, support, admit and return."""

from app.core.permissions import CLERK, CONVENER, MEMBER, OWNER, RESIDENT, SECRETARY, permission
from app.core.words import N_

PROPOSE = permission("propose", N_("提出、修改、撤回自己的提案"), RESIDENT, OWNER, MEMBER, CONVENER)
ENTER_PROPOSAL = permission("enter_proposal", N_("替别人录入提案"), CLERK, SECRETARY)
SUPPORT_PROPOSAL = permission("support_proposal", N_("支持提案"), RESIDENT, OWNER, MEMBER, CONVENER)
ADMIT_PROPOSAL = permission("admit_proposal", N_("受理提案，列入议程"), SECRETARY, CONVENER)
RETURN_PROPOSAL = permission("return_proposal", N_("说明理由，退回提案"), SECRETARY, CONVENER)
