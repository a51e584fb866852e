"""Names of coaches and dimensions for people, the same on a page and on paper."""

from interview_coach.domain.provenance import Provenance

COACHES = {"offline": "Built-in coach", "gemini": "Gemini", "openrouter": "OpenRouter"}
DIMENSIONS = {
    "communication": "Communication",
    "technical_depth": "Technical depth",
    "problem_solving": "Problem-solving",
    "confidence": "Ownership of what you did",
    "relevance": "Fit to the question and the job",
}


def coach_name(name: str) -> str:
    """A coach for people."""
    return COACHES.get(name, name)


def asked_words(provenance: Provenance) -> str:
    """One sentence about who asked."""
    if provenance.coach == "rules":
        return f"Asked by the built-in coach ({provenance.version})."
    parts = [f"Asked by {coach_name(provenance.provider or 'a model')}"]
    if provenance.model:
        parts.append(f"model {provenance.model}")
    if provenance.prompt:
        parts.append(f"prompt {provenance.prompt}")
    return ", ".join(parts) + "."


def scored_words(provenance: Provenance) -> str:
    """One sentence about who gave the marks."""
    return asked_words(provenance).replace("Asked by", "Marked by", 1)
