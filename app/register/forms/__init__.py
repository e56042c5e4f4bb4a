"""The shape of what a committee sends."""

from app.register.forms.workbook import LARGEST_FILE, Sheet, open_workbook

__all__ = ["LARGEST_FILE", "Sheet", "open_workbook"]
