"""The competencies that questions are asked for: one table for extraction, question bank, marks and reports."""

COMPETENCIES: dict[str, str] = {
    "expertise": "Knowledge of the field",
    "tools": "Tools and methods",
    "analysis": "Analysis and judgement",
    "problem_solving": "Problem-solving",
    "organisation": "Planning and organising",
    "quality": "Care and accuracy",
    "safety": "Safety, rules and ethics",
    "communication": "Communication",
    "teamwork": "Working with others",
    "leadership": "Leading people",
    "service": "Serving customers, patients or users",
    "teaching": "Teaching and explaining",
    "persuasion": "Persuading and selling",
    "creativity": "Ideas and design",
    "learning": "Learning new things",
    "adaptability": "Handling change and pressure",
    "initiative": "Initiative and ownership",
    "motivation": "Motivation and fit",
}
"""key -> name for people"""
