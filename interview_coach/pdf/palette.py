"""Colours and lengths of a printed report. Lengths are points; every text colour stands 4.5 : 1 against its ground."""

Colour = tuple[int, int, int]

SIDE, TOP, BOTTOM = 56.0, 46.0, 62.0
INK, MUTED, ACCENT = (41, 37, 32), (94, 86, 74), (140, 69, 16)
LINE, SUNK, BAR = (221, 211, 195), (240, 234, 223), (28, 63, 104)
AREA = (206, 217, 230)
GOOD, GOOD_SOFT = (31, 92, 51), (220, 239, 220)
GAP, GAP_SOFT, BOTH_SOFT = (138, 58, 15), (251, 229, 212), (251, 233, 207)
MARKS = {"strength": (GOOD, GOOD_SOFT), "improvement": (GAP, GAP_SOFT), "both": (INK, BOTH_SOFT)}
"""Kind of quote -> colour of the line under it (dashed for an improvement), colour behind it."""
