"""Every setting stands in the README's table under each of its names, and the table holds nothing else."""

import re
from pathlib import Path

from interview_coach.commands.settings import environment_names
from interview_coach.config import Settings

ROOT = Path(__file__).resolve().parent.parent


def names_in_table(text: str) -> set[str]:
    """Names in the first column of the table under the heading `Settings`."""
    section = re.split(r"^## ", text.split("\n## Settings\n", 1)[1], flags=re.M)[0]
    first_cells = re.findall(r"^\| *((?:`[A-Z_]+`(?:,? or )?)+) *\|", section, flags=re.M)
    return {name for cell in first_cells for name in re.findall(r"[A-Z_]+", cell)}


def names_in_code() -> set[str]:
    return {name for field in Settings.model_fields for name in environment_names(field)}


def test_the_readme_lists_every_setting_and_no_other() -> None:
    assert names_in_table((ROOT / "README.md").read_text("utf-8")) == names_in_code()


def test_the_example_file_names_settings_only() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = {match[1] for line in lines if (match := re.match(r"#? ?([A-Z_]+)=", line))}
    assert len(named) > 5
    assert named <= names_in_code()


def test_a_missing_and_a_stale_row_are_found() -> None:
    table = "| name | for |\n|---|---|\n| `COACH_OLD` | x |\n| `A` or `B` | `C` |\n"
    assert names_in_table(f"# X\n\n## Settings\n\n{table}\n## More\n| `D` | x |\n") == {"COACH_OLD", "A", "B"}


def test_a_field_has_its_names_with_prefix_or_alias() -> None:
    assert environment_names("data_dir") == ("COACH_DATA_DIR",)
    assert environment_names("gemini_api_key") == ("GEMINI_API_KEY", "GOOGLE_API_KEY")
    assert environment_names("openrouter_base_url") == ("OPENROUTER_BASE_URL",)
