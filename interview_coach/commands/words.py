"""From an error to a sentence for the person at the terminal."""


class Stop(Exception):
    """Ends a command; its text is the sentence that is shown."""


def sentence_for(error: Exception) -> str | None:
    """A sentence for the errors that a person can do something about, None for all others.

    The libraries are compared by name: importing them only to ask would slow every command down.
    """
    name, library = type(error).__name__, type(error).__module__.split(".")[0]
    if name == "Problem" and library == "interview_coach":
        fields: dict[str, str] = getattr(error, "fields", {})
        return "\n".join(dict.fromkeys(fields.values())) or str(error)
    if name in ("OperationalError", "DatabaseError") and library in ("sqlalchemy", "sqlite3", "pysqlite3"):
        return f"The database cannot be used: {_reason(error)}. See COACH_DATABASE_URL and COACH_DATA_DIR."
    if name in ("NoSuchModuleError", "ArgumentError") and library == "sqlalchemy":
        return "COACH_DATABASE_URL is not an address of a database. For example: postgresql://coach@localhost/coach"
    if isinstance(error, ModuleNotFoundError) and (error.name or "").startswith("psycopg"):
        return "PostgreSQL needs one more package. Install it with: pip install 'psycopg[binary]'"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'The system'}: {error.strerror}."
    if isinstance(error, ValueError) and "COACH_" in str(error):
        return str(error)
    return None


def _reason(error: Exception) -> str:
    """The driver's own first line, without the statement and its values."""
    cause = getattr(error, "orig", None) or error
    lines = str(cause if isinstance(cause, Exception) else error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
