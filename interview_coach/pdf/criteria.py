"""The parts of the marks."""

CRITERIA = (("accuracy", "Accuracy", 40), ("completeness", "Completeness", 30), ("clarity", "Clarity", 30))
"""Key, name and maximum of each."""
