"""Rows of law as data: each figure with its article, validity, jurisdiction, source and confidence."""

from app.core.law.rows import LawGap, LawRow, law_row, law_rows

__all__ = ["LawGap", "LawRow", "law_row", "law_rows"]
