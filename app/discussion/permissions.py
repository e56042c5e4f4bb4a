"""Who may speak, withhold, ask and answer."""

from app.core.permissions import CLERK, CONVENER, MEMBER, OWNER, RESIDENT, SECRETARY, permission
from app.core.words import N_

COMMENT = permission("comment", N_("发表意见"), RESIDENT, OWNER, MEMBER, CONVENER, SECRETARY)
ENTER_COMMENT = permission("enter_comment", N_("替别人录入意见"), CLERK, SECRETARY)
HIDE_COMMENT = permission("hide_comment", N_("隐藏意见（理由公开）"), SECRETARY, CONVENER)
ASK_PARTY = permission("ask_party", N_("请一方答复意见"), SECRETARY, CONVENER)
ANSWER_COMMENT = permission("answer_comment", N_("代表本方答复意见"), MEMBER)
