"""Everything that is stored about a person: taken along as one file, brought back from one, deleted."""

from interview_coach.portability.erasing import Stored, erase_everything, stored
from interview_coach.portability.exporting import export, export_json
from interview_coach.portability.importing import Imported, import_
from interview_coach.portability.reading import LARGEST_FILE

__all__ = [
    "LARGEST_FILE",
    "Imported",
    "Stored",
    "erase_everything",
    "export",
    "export_json",
    "import_",
    "stored",
]
