"""What runs the SQL of docs/export.md: DuckDB, also for dialects that sqlglot translates, and Spark."""

import contextlib
import logging
import os
import pathlib
import platform
import re
import sys
import zipfile

import delta
import duckdb
import pyspark
import sqlglot
from pyspark.sql import SparkSession

DELTA = {
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
}


class ByDuckdb:
    """Runs statements of a dialect, which sqlglot translates if it is another than DuckDB's."""

    def __init__(self, folder, dialect):
        self.connection = duckdb.connect(config={"file_search_path": str(folder)})
        self.dialect = dialect

    def run(self, statement):
        if self.dialect != "duckdb":
            tree = parsed(statement, self.dialect)
            statement = tree.sql("duckdb", unsupported_level=sqlglot.ErrorLevel.RAISE)
        self.connection.execute(statement)

    def rows(self, name):
        rows = self.connection.execute(f"SELECT * FROM {name}")
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row)) for row in rows.fetchall()]


def parsed(statement, dialect):
    # It also logs what it does not know.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    tree = sqlglot.parse_one(statement, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
    # What sqlglot does not know it keeps as a text.
    if isinstance(tree, sqlglot.exp.Command):
        raise ValueError(f"sqlglot does not know {statement.splitlines()[0]}")
    return tree


class BySpark:
    def __init__(self, session):
        self.session = session
        for statement in ("DROP DATABASE IF EXISTS export CASCADE", "CREATE DATABASE export", "USE export"):
            session.sql(statement)

    def run(self, statement):
        self.session.sql(statement)

    def rows(self, name):
        return [row.asDict(recursive=True) for row in self.session.table(name).collect()]


@contextlib.contextmanager
def errors_in(path):
    """What programs print as errors goes to a file."""
    kept = os.dup(2)
    with open(path, "w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def snappy(folder):
    """The option of Java for the library that unpacks columns, if it would take the wrong one."""
    if platform.libc_ver()[0] != "glibc" or not pathlib.Path("/lib/ld-musl-x86_64.so.1").exists():
        return ""
    # It takes a computer for one of musl where musl-tools is, which `cargo xtask static` wants.
    jar = next(pathlib.Path(pyspark.__file__).parent.glob("jars/snappy-java-*.jar"))
    with zipfile.ZipFile(jar) as files:
        library = files.read("org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so")
    (folder / "libsnappyjava.so").write_bytes(library)
    return f"-Dorg.xerial.snappy.lib.path={folder} -Dorg.xerial.snappy.lib.name=libsnappyjava.so"


def started(folder, with_delta):
    """A session of Spark, and what it printed: none if it cannot be started."""
    # Moments that Spark gives to Python are those of the computer, without a zone.
    os.environ.update(TZ="UTC", SPARK_LOCAL_IP="127.0.0.1")
    settings = {
        "spark.driver.extraJavaOptions": snappy(folder),
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        **(DELTA if with_delta else {}),
    }
    builder = SparkSession.Builder().master("local[2]").config(map=settings)
    if with_delta:
        builder = delta.configure_spark_with_delta_pip(builder)
    printed = folder / "spark.log"
    try:
        with errors_in(printed):
            return builder.getOrCreate(), ""
    except Exception:  # The library names the exception of a failed start otherwise in each version.
        return None, printed.read_text(encoding="utf-8")


def spark(folder):
    """A session of Spark, and whether it reads Delta tables; its library for that comes from Maven."""
    session, printed = started(folder, with_delta=True)
    if session:
        return session, True
    missing = re.search(r"module not found: (\S+)", printed)
    reason = f"Maven does not give {missing[1]}" if missing else f"it does not start; {folder}/spark.log says why"
    session, printed = started(folder, with_delta=False)
    if not session:
        sys.exit(f"Spark does not start:\n{printed}")
    print(f"NOT DONE: Spark has not read the Delta tables by their logs: {reason}. deltalake has, above.\n")
    return session, False
