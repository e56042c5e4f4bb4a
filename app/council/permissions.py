"""Who may do what in the council. Whether the state of the meeting allows it is the rule's question."""

from app.core.permissions import AUDITOR, CONVENER, MEMBER, OPERATOR, SECRETARY, permission
from app.core.words import N_

KEEP_SEATS = permission("keep_seats", N_("设置席位，登记委员"), SECRETARY, OPERATOR)
PROPOSE_AGENDA_ITEM = permission("propose_agenda_item", N_("把事项列入议程"), CONVENER, SECRETARY, OPERATOR)
CONVENE_MEETING = permission("convene_meeting", N_("召集四方联席会议"), CONVENER, SECRETARY)
KEEP_ROLL = permission("keep_roll", N_("点名"), CONVENER, SECRETARY)
PRESIDE = permission("preside", N_("宣布开会、表决和散会"), CONVENER, SECRETARY)
STATE_INTERESTS = permission("state_interests", N_("说明谁要回避"), CONVENER)
TAKE_PART = permission("take_part", N_("在四方联席会议上签到、动议、附议、表态"), MEMBER, CONVENER)
WITHDRAW_MOTION = permission("withdraw_motion", N_("撤回动议"), MEMBER, CONVENER, SECRETARY)
ASSIGN_TASK = permission("assign_task", N_("交办事项"), CONVENER, SECRETARY)
FINISH_TASK = permission("finish_task", N_("报告办结"), MEMBER, CONVENER)
OBJECT_TO_MINUTES = permission("object_to_minutes", N_("对会议纪要提出异议"), MEMBER, CONVENER)
ANSWER_OBJECTION = permission("answer_objection", N_("答复对会议纪要的异议"), SECRETARY)
READ_DRAFT_MINUTES = permission(
    "read_draft_minutes", N_("看还没公布的会议纪要"), MEMBER, CONVENER, SECRETARY, AUDITOR, OPERATOR
)
SIGN_MINUTES = permission("sign_minutes", N_("签署会议纪要"), MEMBER, CONVENER)
