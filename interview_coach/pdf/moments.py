"""Moments in words."""

from datetime import datetime


def moment(value: datetime) -> str:
    """`4 March 2026, 09:30 UTC`."""
    zone = f" {value:%Z}" if value.tzinfo else ""
    return f"{value.day} {value:%B %Y, %H:%M}{zone}"


def day(value: datetime) -> str:
    """`4 Mar 2026`."""
    return f"{value.day} {value:%b %Y}"
