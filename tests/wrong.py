"""What nobody should send, and how to see that nothing was done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.core.db import Base, db
from tests.page_client import Page, PageClient

HUNDRED_MB = 100 * 1024 * 1024
REMEMBERED = {"form_once", "kept_form", "session"}
"""What a refused form may leave: its sender's session, and the text for who has to sign in again."""


def rows() -> dict[str, int]:
    """How many rows each table has."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in REMEMBERED]
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@dataclass(slots=True)
class Desk:
    """One form before one person: its address, what a careful person types, and the field with the longest text."""

    browser: PageClient
    login: str
    password: str
    url: str
    typed: Mapping[str, Any]
    longest: str
    made: str
    """The table that gets a row when the form is taken."""

    def form(self) -> Page:
        """The empty form."""
        return self.browser.get(self.url)

    def send(self, page: Page, *, status: int = 303, **changed: Any) -> Page:
        """What a careful person types, with something else in some fields."""
        return self.browser.submit(page, "main form.card", status=status, **{**self.typed, **changed})

    def keeps(self, page: Page, text: str) -> bool:
        """Whether what was typed is on the page, for going on."""
        fields = page.css(f"[name={self.longest}]")
        return any(text in node.text() for node in fields) or text in page.text

    def post(self, *, status: int, body: bytes = b"", kind: str = "", length: int = 0) -> Page:
        """Send octets that no form of ours makes; `length` announces another length than they have."""
        token = self.browser.csrf_token()
        answer = self.browser._outside(
            lambda: self.browser.browser.post(
                self.url,
                data=body,
                content_type=kind or "application/x-www-form-urlencoded",
                headers={"X-CSRF-Token": token},
                environ_overrides={"CONTENT_LENGTH": str(length)} if length else {},
            )
        )
        return self.browser._page(self.url, answer, status, False)
