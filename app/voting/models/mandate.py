"""Written mandates: who votes for whom."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref


class ProxyMandate(Base):
    """That somebody votes for one line of the roll, by a written mandate that lies at the desk.

    `proxy` is the person whom the site knows, if it knows them; name and phone are kept sealed, `holder_print` recognises who
    holds several. `instruction` is the choice that the mandate names, sealed, or None where it leaves the choice free.
    """

    __tablename__ = "proxy_mandate"
    __table_args__ = (
        Index("ix_proxy_mandate_holder", "poll_id", "holder_print"),
        Index("ix_proxy_mandate_proxy", "proxy_kind", "proxy_id", "poll_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"))
    proxy_kind: Mapped[str | None] = mapped_column(String(40))
    proxy_id: Mapped[int | None] = mapped_column(BigId)
    holder_sealed: Mapped[str] = mapped_column(Text)
    holder_print: Mapped[str] = mapped_column(String(64))
    instruction: Mapped[str | None] = mapped_column(Text)
    registered_at: Mapped[datetime] = mapped_column(Moment)
    registered_by: Mapped[int] = mapped_column(BigId)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_by: Mapped[int | None] = mapped_column(BigId)
    revoked_reason: Mapped[str | None] = mapped_column(String(500))

    @property
    def proxy(self) -> Ref | None:
        """The person who may vote, where the site knows them."""
        return Ref(self.proxy_kind, self.proxy_id) if self.proxy_kind and self.proxy_id else None


Index(
    "uq_proxy_mandate_standing",
    ProxyMandate.entry_id,
    unique=True,
    postgresql_where=text("revoked_at IS NULL"),
    sqlite_where=text("revoked_at IS NULL"),
)
