"""DuckDB: the only module that speaks to it, one cursor a request."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import StoreDamaged, UsageError
from comity.store.disk import TEMPORARY
from comity.store.stream import ArrowStream

if TYPE_CHECKING:
    import duckdb
    import polars as pl

# No extension is ever fetched: only sources.fetch reaches the network.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_lock = threading.Lock()
_database: duckdb.DuckDBPyConnection | None = None


def query(
    sql: str, params: Mapping[str, object] | None = None, *, views: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Run one SELECT and return every row, in the order DuckDB gives them.

    sql    : may name $parameters.
    params : their values.
    views  : name of a view → what it reads (see ``parquet``); views exist for this request only.
    Raises StoreDamaged where a table cannot be read, UsageError where the SQL is not a SELECT that can be run.
    """
    import duckdb
    import polars as pl

    with _cursor() as cursor:
        try:
            for name, table in (views or {}).items():
                cursor.execute(f"CREATE TEMP VIEW {name} AS FROM {table}")
        except duckdb.Error as err:
            raise StoreDamaged("A stored table cannot be read", got=_first_line(err)) from err
        try:
            _refuse_all_but_select(cursor, sql)
            relation = cursor.sql(sql, params=dict(params or {}))
            return pl.DataFrame(ArrowStream(relation.__arrow_c_stream__()))
        except (duckdb.OperationalError, duckdb.InternalError, pl.exceptions.PolarsError) as err:
            raise StoreDamaged("A stored table cannot be read", got=_first_line(err)) from err
        except duckdb.Error as err:
            raise UsageError("The SQL cannot be run", got=_first_line(err)) from err


def parquet(path: Path, *, numbered: bool = False) -> str:
    """A Parquet file as something to read FROM; ``numbered`` adds a first column "row", from 0."""
    # read_parquet would expand * ? and [ in the path.
    literal = "".join(f"[{c}]" if c in "*?[" else c for c in str(path)).replace("'", "''")
    if not numbered:
        return f"read_parquet('{literal}')"
    rows = f"read_parquet('{literal}', file_row_number = true)"
    return f"(SELECT file_row_number::UINTEGER AS row, * EXCLUDE (file_row_number) FROM {rows})"


def copy_out(sql: str, file: Path, *, views: Mapping[str, Sequence[Path]], memory: str, spill: Path) -> None:
    """Write the rows of a SELECT, in its order, as a Parquet file, within ``memory``; views are of Parquet files."""
    database = apart(memory=memory, spill=spill, ordered=True)
    try:
        for name, files in views.items():
            sources = " UNION ALL ".join(f"FROM {parquet(one)}" for one in files)
            database.execute(f"CREATE TEMP VIEW {name} AS {sources}")
        beside = file.with_name(f"{TEMPORARY}{file.name}")
        with within(memory):
            database.execute(
                f"COPY ({sql}) TO '{str(beside).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd)"
            )
        beside.replace(file)
    finally:
        database.close()


@contextmanager
def within(memory: str) -> Iterator[None]:
    """UsageError where DuckDB cannot do what is asked within this much memory."""
    import duckdb

    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.InternalException) as err:
        raise UsageError("Too little memory for this", got=memory, next="Give more with --memory") from err


def apart(*, memory: str, spill: Path, ordered: bool = False) -> duckdb.DuckDBPyConnection:
    """A database of its own, which the caller closes: within ``memory`` ("1GB"), the rest in the folder ``spill``.

    ordered : whether rows keep their order where none is asked for. Raises UsageError for a size that is none.
    """
    import duckdb

    limits: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(spill),
        "preserve_insertion_order": ordered,
    }
    try:
        database = duckdb.connect(":memory:", config={**_OFFLINE, **limits, "memory_limit": memory})
        database.execute("SET enable_progress_bar = false")
        return database
    except duckdb.Error as err:
        raise UsageError("Not an amount of memory", got=memory, allowed="for instance 500MB, 4GB") from err


def _refuse_all_but_select(cursor: duckdb.DuckDBPyConnection, sql: str) -> None:
    import duckdb

    if [statement.type for statement in cursor.extract_statements(sql)] != [duckdb.StatementType.SELECT]:
        raise UsageError("The SQL is not a single SELECT", got=sql)


@contextmanager
def _cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    cursor = _connect().cursor()
    try:
        yield cursor
    finally:
        cursor.close()


def _connect() -> duckdb.DuckDBPyConnection:
    global _database
    with _lock:
        if _database is None:
            import duckdb

            _database = duckdb.connect(":memory:", config=_OFFLINE)
            atexit.register(_disconnect)
        return _database


def _disconnect() -> None:
    global _database
    with _lock:
        if _database is not None:
            _database.close()
            _database = None


def _first_line(err: BaseException) -> str:
    return str(err).strip().partition("\n")[0]
