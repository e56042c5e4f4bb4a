"""What the parts of a proposal must look like."""

from app.core.formats import read_fen
from app.core.values import Refusal
from app.core.words import N_

LEAST_TITLE, MOST_TITLE = 4, 40
LEAST_BODY, MOST_BODY = 10, 3000
MOST_REASON = 500
MOST_FEN, MOST_DIGITS = 10**13, 14
BUDGET = N_("预算写成数字，单位是元，例如126000；还不知道就空着。")
ENOUGH = N_("预算要大于0元，不超过1000亿元。")


def title_refusal(title: str) -> Refusal | None:
    """A title says in 4 to 40 signs what should be done."""
    if "\n" in title or not LEAST_TITLE <= len(title) <= MOST_TITLE or not any(sign.isalpha() for sign in title):
        return Refusal(
            N_("用%(least)s到%(most)s个字写清要办什么，例如“更换楼道灯”。现在有%(length)s个字。"),
            {"least": LEAST_TITLE, "most": MOST_TITLE, "length": len(title)},
        )
    return None


def body_refusal(body: str) -> Refusal | None:
    """A proposal says what, why and how in 10 to 3000 signs."""
    if sum(sign.isalnum() for sign in body) < LEAST_BODY:
        return Refusal(N_("写一写为什么要办、怎么办，至少%(least)s个字。"), {"least": LEAST_BODY})
    if len(body) > MOST_BODY:
        return Refusal(
            N_("写了%(length)s字，最多%(most)s字。细节可以放进附件。"), {"length": len(body), "most": MOST_BODY}
        )
    return None


def reason_refusal(text: str) -> Refusal | None:
    """Nothing is given back without saying why and what to change, in at most 500 signs each."""
    if not any(sign.isalnum() for sign in text):
        return Refusal(N_("写清楚，提案人才知道怎么改。这段话会公开。"))
    if len(text) > MOST_REASON:
        return Refusal(N_("最多%(most)s字，现在有%(length)s字。"), {"most": MOST_REASON, "length": len(text)})
    return None


def read_budget(typed: str) -> int | Refusal | None:
    """What was typed as a budget, in fen: 126000, 126,000.50元, １２.６万; None where nothing was."""
    if not typed.strip():
        return None
    if typed.lstrip().startswith(("-", "－", "—")) or sum(sign.isdigit() for sign in typed) > MOST_DIGITS:
        return Refusal(ENOUGH)
    fen = read_fen(typed)
    if fen is None:
        return Refusal(BUDGET)
    return fen if 0 < fen <= MOST_FEN else Refusal(ENOUGH)
