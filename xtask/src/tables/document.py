"""The SQL of docs/export.md, statement by statement."""

import re

ENGINES = ("DuckDB", "Spark", "Trino", "Snowflake")
LOG, DELTA = "A log of changes", "Delta Lake"


def statements(document):
    """The statements of each section, by the engine that a comment before them names; those for all engines by none."""
    sections = {}
    for section in re.split(r"^## ", document, flags=re.MULTILINE)[1:]:
        found = sections.setdefault(section.splitlines()[0], {})
        for block in re.findall(r"^```sql\n(.*?)^```", section, re.DOTALL | re.MULTILINE):
            parts = re.split(rf"^-- ({'|'.join(ENGINES)})\b.*$", block, flags=re.MULTILINE)
            for engine, text in zip([None, *parts[1::2]], parts[::2]):
                text = re.sub(r"^--.*\n", "", text, flags=re.MULTILINE)
                found.setdefault(engine, []).extend(it.strip() for it in text.split(";") if it.strip())
    return sections


def about(statement, table, folder):
    """A statement for another table than that of the document, in this folder."""
    statement = re.sub(r"\b(candidates|departments)(?=__|\b)", table, statement)
    return re.sub(rf"'[^']*/parquet/{table}'", f"'{folder / table}'", statement)
