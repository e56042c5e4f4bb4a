"""Who may see the register and who may change it."""

from app.core.permissions import ACCOUNT, CLERK, CONVENER, OPERATOR, SECRETARY, permission
from app.core.words import N_

READ_REGISTER = permission("read_register", N_("查看房屋名册"), CONVENER, SECRETARY, CLERK, OPERATOR)
IMPORT_REGISTER = permission("import_register", N_("导入房屋名册"), SECRETARY, CLERK, OPERATOR)
INVITE_PERSON = permission("invite_person", N_("给业主和居民发邀请码"), SECRETARY, CLERK, OPERATOR)
NAME_VOTER = permission("name_voter", N_("和共有人推选投票人"), ACCOUNT)
ENTER_VOTER = permission("enter_voter", N_("登记书面推选的投票人"), SECRETARY, CLERK, OPERATOR)
