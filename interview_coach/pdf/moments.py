"""Moments and durations in words."""

from datetime import datetime


def moment(value: datetime) -> str:
    """`4 March 2026, 09:30 UTC`."""
    zone = f" {value:%Z}" if value.tzinfo else ""
    return f"{value.day} {value:%B %Y, %H:%M}{zone}"


def day(value: datetime) -> str:
    """`4 Mar 2026`."""
    return f"{value.day} {value:%b %Y}"


def duration(seconds: float) -> str:
    """`45 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    if whole < 86400:
        minutes = whole % 3600 // 60
        return f"{whole // 3600} h {minutes} min" if minutes else f"{whole // 3600} h"
    days = round(whole / 86400)
    return "1 day" if days == 1 else f"{days} days"
