"""`config`: what the settings come down to."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """One line a setting: name, value, where it comes from, what it is for."""
    from interview_coach.commands.settings import environment_names, load, masked

    settings = load()
    rows = []
    for name, field in type(settings).model_fields.items():
        origin = "set" if name in settings.model_fields_set else "default"
        rows.append((environment_names(name)[0], masked(getattr(settings, name)), origin, field.description or ""))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[3]]))
    print(f"\nWho interviews by default: {settings.default_coach}.")
    if settings.missing:
        print(settings.missing)
    return 0
