"""The house's clock in the test's hand."""

from datetime import datetime, timedelta

from app.core import clock as house_clock


class Clock:
    """The house's clock in the test's hand."""

    def set(self, moment: datetime) -> datetime:
        """It is this moment now (with its time zone)."""
        house_clock.set_to(moment)
        return moment

    def forward(self, **span: float) -> datetime:
        """Time passes: `forward(days=15)`."""
        return self.set(house_clock.tick() + timedelta(**span))

    @property
    def now(self) -> datetime:
        """What the clock shows, in UTC."""
        return house_clock.tick()
