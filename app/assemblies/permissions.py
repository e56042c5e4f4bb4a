"""Who may call the owners or the residents together, ask for it, and speak against the roll or the vote."""

from app.core.permissions import ACCOUNT, CLERK, CONVENER, OPERATOR, SECRETARY, permission
from app.core.words import N_

CONVENE_ASSEMBLY = permission("convene_assembly", N_("召集业主大会和居民投票"), CONVENER, SECRETARY, OPERATOR)
ASK_FOR_ASSEMBLY = permission("ask_for_assembly", N_("联名要求召开业主大会或居民会议"), ACCOUNT)
ASK_CORRECTION = permission("ask_correction", N_("申请更正投票名册"), ACCOUNT)
ANSWER_CORRECTION = permission("answer_correction", N_("答复名册更正的申请"), SECRETARY, CLERK)
OBJECT_TO_VOTE = permission("object_to_vote", N_("对投票名册和投票提出异议"), ACCOUNT)
ANSWER_OBJECTION = permission("answer_objection", N_("答复对投票的异议"), SECRETARY, CONVENER)
