"""Reads the tables of exports with DuckDB, pyarrow and deltalake, and compares each value with the pages they were made of."""

import datetime
import decimal
import json
import pathlib
import re
import sys

import deltalake
import duckdb
import pyarrow.parquet

FRACTION = re.compile(r"\.(\d+)")


def pages(folder):
    for path in sorted(folder.glob("*.ndjson")):
        with open(path, encoding="utf-8") as lines:
            yield from (json.loads(line, parse_float=decimal.Decimal) for line in lines)


def part(left, key):
    """What a column did not take, below a name or a place."""
    if isinstance(left, dict):
        return left.get(key)
    if isinstance(left, list) and isinstance(key, int) and key < len(left):
        return left[key]
    return None


def moment(text):
    # Python before 3.11 takes three or six digits alone.
    text = FRACTION.sub(lambda found: "." + found[1][:6].ljust(6, "0"), text.replace("Z", "+00:00"))
    return datetime.datetime.fromisoformat(text)


class Different(Exception):
    pass


class Comparison:
    def __init__(self):
        self.values = 0

    def value(self, value, column, extra, conflict, path):
        if column is None:
            if value is not None and value != conflict:
                raise Different(f"{path}: {value!r} is lost")
        elif isinstance(value, dict) and isinstance(column, dict):
            return self.object(value, column, extra, conflict, path)
        elif isinstance(value, list) and isinstance(column, list):
            if len(value) != len(column):
                raise Different(f"{path}: {len(value)} items are {len(column)}")
            for at, (item, found) in enumerate(zip(value, column)):
                self.value(item, found, part(extra, at), part(conflict, at), f"{path}[{at}]")
            return
        elif not self.is_same(value, column):
            raise Different(f"{path}: {value!r} is {column!r}")
        self.values += 1

    def object(self, value, columns, extra, conflict, path=""):
        for name, column in columns.items():
            if not (path == "" and name.startswith("_")):
                self.value(value.get(name), column, part(extra, name), part(conflict, name), f"{path}.{name}")
        for name in value.keys() - columns.keys():
            if part(extra, name) != value[name]:
                raise Different(f"{path}.{name} is lost")

    def is_same(self, value, column):
        if isinstance(column, datetime.datetime):
            return isinstance(value, str) and moment(value) == column
        if isinstance(column, datetime.date):
            return value == column.isoformat()
        if isinstance(column, bytes):
            column = column.decode()
        if isinstance(column, str):
            if value == column:
                return True
            try:
                return json.loads(column, parse_float=decimal.Decimal) == value
            except json.JSONDecodeError:
                return False
        if isinstance(column, bool) or isinstance(value, bool):
            return value is column
        return value is not None and float(value) == column


def left(row, name):
    text = row.get(name)
    return json.loads(text, parse_float=decimal.Decimal) if text else None


def by_duckdb(table):
    rows = duckdb.connect().execute(f"SELECT * FROM read_parquet('{table}/*.parquet') ORDER BY _run, _row")
    names = [column[0] for column in rows.description]
    while batch := rows.fetchmany(1000):
        yield from (dict(zip(names, row)) for row in batch)


def by_pyarrow(table):
    for path in sorted(table.glob("*.parquet")):
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(1000):
            yield from batch.to_pylist()


def by_deltalake(table):
    rows = deltalake.DeltaTable(str(table)).to_pyarrow_table().to_pylist()
    yield from sorted(rows, key=lambda row: (row["_run"], row["_row"]))


def log(table):
    """What is wrong with the log of a table."""
    delta = deltalake.DeltaTable(str(table))
    files = len(list(table.glob("*.parquet")))
    runs = [int(path.stem) for path in table.glob("*.parquet")]
    if delta.version() + 1 != files:
        raise Different(f"{files} files are in {delta.version() + 1} commits")
    if delta.transaction_version(f"harvest-export/{table.name}") != max(runs):
        raise Different("the last commit is not that of the last run")
    names = [field.name for field in delta.schema().fields]
    if names != pyarrow.parquet.ParquetFile(next(table.glob("*.parquet"))).schema_arrow.names:
        raise Different("the log has other columns than the files")


def leaves(table):
    return pyarrow.parquet.ParquetFile(next(table.glob("*.parquet"))).metadata.num_columns


def nested(table):
    schema = pyarrow.parquet.ParquetFile(next(table.glob("*.parquet"))).schema_arrow
    return sum(pyarrow.types.is_nested(field.type) for field in schema)


def compared(export, stream, reader):
    rows = [row for row in reader(export / "parquet" / stream) if not row["_deleted"]]
    records = list(pages(export / stream))
    if len(rows) != len(records):
        raise Different(f"{len(records)} records are {len(rows)} rows")
    comparison = Comparison()
    for record, row in zip(records, rows):
        comparison.object(record, row, left(row, "_extra"), left(row, "_conflict"))
    return len(rows), comparison.values


def of_last_run(table):
    runs = [row["_run"] for row in by_pyarrow(table) if not row["_deleted"]]
    return runs.count(max(runs, default=0))


def views(export):
    """Counts of the present records of each table, by the views."""
    connection = duckdb.connect(config={"file_search_path": str(export / "parquet")})
    connection.execute((export / "parquet" / "views.sql").read_text())
    names = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def main(exports):
    print(f"DuckDB {duckdb.__version__}, pyarrow {pyarrow.__version__}, deltalake {deltalake.__version__}\n")
    print("| export | table | columns | nested | records | DuckDB | pyarrow | deltalake | values each | latest |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    failed = 0
    total = 0
    for export in map(pathlib.Path, exports):
        latest = views(export)
        for stream in sorted(path.name for path in export.iterdir() if path.is_dir()):
            table = export / "parquet" / stream
            if not table.is_dir():
                continue
            cells = []
            values = set()
            for reader in (by_duckdb, by_pyarrow, by_deltalake):
                try:
                    if reader is by_deltalake:
                        log(table)
                    rows, count = compared(export, stream, reader)
                    cells.append(f"same {rows}")
                    values.add(count)
                    total += count
                except Different as different:
                    cells.append(f"differs: {different}")
                    failed += 1
            records = sum(1 for _ in pages(export / stream))
            ids = {record.get("id") for record in pages(export / stream) if isinstance(record, dict)}
            ids -= {row.get("id") for row in by_pyarrow(table) if row["_deleted"]}
            expected = len(ids) if None not in ids else of_last_run(table)
            if latest[stream] != expected:
                failed += 1
            name = f"| {export.name} | {stream} | {leaves(table)} | {nested(table)} | {records}"
            print(f"{name} | {' | '.join(cells)} | {' or '.join(map(str, sorted(values)))} | {latest[stream]} |")
        for table in sorted((export / "parquet").glob("*__custom_fields")):
            rows = [list(reader(table)) for reader in (by_pyarrow, by_deltalake)]
            if rows[0] != rows[1]:
                failed += 1
            rows = [sum(1 for _ in by_duckdb(table)), *map(len, rows)]
            if len(set(rows)) != 1:
                failed += 1
            name = f"| {export.name} | {table.name} | {leaves(table)} | 0 |"
            print(f"{name} | {' | '.join(map(str, rows))} | | {latest[table.name]} |")
    print(f"\n{total} values compared, {failed} tables differ")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
