"""When the list of how each unit voted may be taken out."""

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.terms import NOBODY, OWNERS, Terms

_ARTICLE = N_("北京市物业管理条例 35")


def export_refusal(terms: Terms, *, declared: bool) -> Refusal | None:
    """Only of an owners' vote with open ballots, and only once its outcome is declared."""
    if terms.kind != OWNERS or terms.choices_visible == NOBODY:
        return Refusal(N_("只有公开投票的业主表决，才有逐户清单。"), article=_ARTICLE)
    if not declared:
        return Refusal(N_("公布结果以前，谁也不能导出各户怎么投。"), article=_ARTICLE)
    return None
