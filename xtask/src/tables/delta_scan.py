"""Reads the Delta tables of exports with DuckDB's extension delta, as docs/export.md says, and compares them with their files."""

import pathlib
import sys

import duckdb
import duckdb_extension_delta

from document import DELTA, about, statements


def main(document, *exports):
    (statement,) = statements(pathlib.Path(document).read_text(encoding="utf-8"))[DELTA]["DuckDB"]
    extension = next(pathlib.Path(duckdb_extension_delta.__file__).parent.rglob("delta.duckdb_extension"))
    tables = failed = rows = 0
    for export in exports:
        folder = pathlib.Path(export).resolve() / "parquet"
        connection = duckdb.connect()
        connection.execute(f"LOAD '{extension}'")
        for table in sorted(path.parent.name for path in folder.glob("*/_delta_log")):
            connection.execute(about(statement, table, folder))
            by_log, by_files = f"SELECT * FROM {table}__log", f"SELECT * FROM read_parquet('{folder / table}/*.parquet')"
            others = [
                connection.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchone()[0]
                for one, other in ((by_log, by_files), (by_files, by_log))
            ]
            tables += 1
            rows += connection.execute(f"SELECT count(*) FROM {table}__log").fetchone()[0]
            if any(others):
                failed += 1
                print(f"{export} {table}: {others[0]} rows by the log are not in the files, {others[1]} the other way round")
    print(f"DuckDB {duckdb.__version__} with its extension delta: {rows} rows of {tables} tables, {failed} tables differ")
    return failed > 0 or not rows


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
