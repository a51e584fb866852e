"""The offline coach: question bank as data, rules for planning, wording and judging. Needs no model and no network."""

RULES_VERSION = "3"
"""Raised whenever the same dossier, seed and answers would get other words."""
