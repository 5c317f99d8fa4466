"""Runs the SQL of docs/export.md over exports, and compares what each view has with what plain Python finds in the files: Spark's
by Spark, DuckDB's by DuckDB, Trino's and Snowflake's by DuckDB as sqlglot translates it."""

import datetime
import os
import pathlib
import re
import shutil
import sys

import duckdb
import pyarrow.parquet
import pyspark
import sqlglot

import engines
from document import DELTA, ENGINES, LOG, about, statements

VALUES = "__custom_fields"
CHANGED, WHOLE = "changed", "whole"


def plain(value):
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items() if name != "_place"}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, datetime.datetime) and value.tzinfo:
        return value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return value


def in_order(rows):
    return sorted(map(plain, rows), key=lambda row: (row["_run"], row["_row"], repr(row)))


def count(value):
    if isinstance(value, (dict, list)):
        return sum(map(count, value.values() if isinstance(value, dict) else value))
    return 1


def log(table):
    paths = sorted(table.glob("*.parquet"))
    return in_order(row for path in paths for row in pyarrow.parquet.ParquetFile(path).read().to_pylist())


def present(rows, rule):
    """The present records, found without SQL."""
    last = max((row["_run"] for row in rows), default=None)
    found = [row for row in rows if row["_run"] == last] if rule is WHOLE else {row["id"]: row for row in rows}.values()
    return in_order(row for row in found if not row["_deleted"])


def rules(folder):
    """How the present records of each table are found, by the views that the export has for DuckDB."""
    text = (folder / "views.sql").read_text(encoding="utf-8")
    for name, view in re.findall(r'VIEW "(\w+)" AS\n(.*?);', text, re.DOTALL):
        if "max(_run)" in view or "QUALIFY" in view:
            yield name, WHOLE if "max(_run)" in view else CHANGED


class Way:
    """A way to the present records: whose statement finds them, and whose makes the table that it reads."""

    def __init__(self, name, sections, begin, table):
        self.name = name
        self.begin = begin
        of_table, of_engine = table
        self.table = sections[of_table][of_engine][0]
        engine = next(it for it in ENGINES if name.startswith(it))
        self.changed = sections[LOG][engine][-1]
        self.whole, self.of_values = sections[LOG][None]
        self.values = self.failed = 0

    def compared(self, engine, folder, table, statement, expected):
        """Makes the log and the view of a table, and says what the view has."""
        stream = table.removesuffix(VALUES)
        try:
            engine.run(about(self.table, table, folder))
            engine.run(about(statement, stream, folder))
            rows = in_order(engine.rows(table))
        except Exception as error:  # Each engine has its own.
            self.failed += 1
            return f"fails: {' '.join(str(error).split())[:200]}"
        if rows != expected:
            self.failed += 1
            return f"differs: {len(rows)} rows, {sum(row not in expected for row in rows)} of them others"
        self.values += count(rows)
        return f"same {len(rows)}"


def ways(sections, target):
    """What there is here of the engines."""
    by_duckdb = LOG, "DuckDB"
    found = [Way("DuckDB", sections, lambda folder: engines.ByDuckdb(folder, "duckdb"), by_duckdb)]
    if shutil.which("java"):
        session, has_delta = engines.spark(target)
        found.append(Way("Spark", sections, lambda folder: engines.BySpark(session), (LOG, "Spark")))
        if has_delta:
            found.append(Way("Spark with Delta", sections, lambda folder: engines.BySpark(session), (DELTA, "Spark")))
    elif os.environ.get("CI"):
        sys.exit("Spark needs java, which is not here: install a runtime of Java 17, such as openjdk-17-jre-headless")
    else:
        print("SKIPPED: Spark, which needs java: install a runtime of Java 17, such as openjdk-17-jre-headless\n")
    for dialect in ("Trino", "Snowflake"):
        begin = lambda folder, dialect=dialect: engines.ByDuckdb(folder, dialect.lower())
        found.append(Way(f"{dialect} as DuckDB", sections, begin, by_duckdb))
    return found


def parsed(sections):
    """What sqlglot makes of the statements that make tables, which nothing here runs."""
    for engine in ENGINES:
        for statement in sections[DELTA].get(engine, []):
            first = " ".join(statement.split()[:3])
            try:
                engines.parsed(statement, engine.lower())
                print(f"{engine}: sqlglot knows `{first} …`")
            except ValueError:
                print(f"{engine}: sqlglot does not know `{first} …`, which nothing has read")


def examples(sections, export):
    """Runs the questions that the document asks of the views, and says how many of them have no answer."""
    engine = engines.ByDuckdb(export / "parquet", "duckdb")
    engine.run((export / "parquet" / "views.sql").read_text(encoding="utf-8"))
    empty = 0
    for statement in sections["DuckDB"][None]:
        rows = engine.connection.execute(statement).fetchall()
        empty += not rows
        print(f"DuckDB, {export.name}: {len(rows)} rows of `{statement}`")
    return empty


def main(document, target, *exports):
    sections = statements(pathlib.Path(document).read_text(encoding="utf-8"))
    print(f"DuckDB {duckdb.__version__}, Spark {pyspark.__version__}, sqlglot {sqlglot.__version__}\n")
    found = ways(sections, pathlib.Path(target).resolve())
    print(f"| export | table | read | log | versions | tombstones | {' | '.join(way.name for way in found)} |")
    print(f"| {' | '.join(['---'] * (6 + len(found)))} |")
    versions = tombstones = 0
    exports = [pathlib.Path(export).resolve() for export in exports]
    for export in exports:
        folder = export / "parquet"
        started = [way.begin(folder) for way in found]
        for table, rule in rules(folder):
            rows = log(folder / table)
            now = present(rows, rule)
            gone = sum(row["_deleted"] for row in rows)
            # Records that the log has twice, and another the second time.
            texts = {}
            for row in rows:
                text = repr({name: value for name, value in row.items() if not name.startswith("_")})
                texts.setdefault(row.get("id"), set()).update([] if row["_deleted"] else [text])
            several = sum(len(texts) > 1 for texts in texts.values())
            versions += several
            tombstones += gone
            cells = [
                way.compared(engine, folder, table, way.whole if rule is WHOLE else way.changed, now)
                for way, engine in zip(found, started)
            ]
            print(f"| {export.name} | {table} | {rule} | {len(rows)} | {several} | {gone} | {' | '.join(cells)} |")
            of_values = folder / f"{table}{VALUES}"
            if of_values.is_dir():
                places = {(row["_run"], row["_row"]) for row in now}
                rows = log(of_values)
                now = [row for row in rows if (row["_run"], row["_row"]) in places]
                cells = [
                    way.compared(engine, folder, of_values.name, way.of_values, now)
                    for way, engine in zip(found, started)
                ]
                print(f"| {export.name} | {of_values.name} | | {len(rows)} | | | {' | '.join(cells)} |")
    failed = sum(way.failed for way in found)
    print(f"\n{versions} records have several versions, and there are {tombstones} tombstones; {failed} views differ. Values compared:")
    for way in found:
        print(f"- {way.name}: {way.values}")
    print("No Trino and no Snowflake ran: that their statements are of their dialects is what sqlglot says, and DuckDB ran them.")
    parsed(sections)
    failed += sum(examples(sections, export) for export in exports)
    return failed > 0 or not versions or not tombstones


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
