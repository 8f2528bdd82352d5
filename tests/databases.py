"""Databases for sites and benchmarks that tests start: each has its own, beside the tests' own."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

#: What the database of an install is called where it is a file.
FILE = "no-wrong-door.sqlite3"


def address(folder: Path) -> str:
    """The DATABASE_URL of what runs in `folder`: a file in it, or a PostgreSQL database.

    On PostgreSQL it is on the tests' server, under a name that follows from the folder.
    """
    given = os.environ.get("DATABASE_URL", "")
    if not _on_postgresql(given):
        return f"sqlite:///{folder / FILE}"
    name = f"own_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    return _named(given, name)


def create(url: str, like: str = "template1") -> None:
    """Make an empty database; on PostgreSQL a copy of the one called `like`, which nobody uses.

    A file is made by whoever opens it.
    """
    if _on_postgresql(url):
        _administer(url, "CREATE DATABASE {} TEMPLATE {}", like)


def demonstration() -> Path | None:
    """The file with the demonstration that was made for several runs of the tests, on SQLite.

    It holds what `migrate` and the commands that load leave, and saves each run from doing so.
    """
    made = os.environ.get("DEMONSTRATION_DATABASE")
    return Path(made) if made and not _on_postgresql(os.environ.get("DATABASE_URL", "")) else None


def fill(database: sqlite3.Connection, made: Path) -> None:
    """Make `database` a copy of the file, whatever was in it."""
    with closing(sqlite3.connect(made)) as source:
        source.backup(database)


def drop(url: str) -> None:
    """Take a database away, whoever is still connected. A file goes with its folder."""
    if _on_postgresql(url):
        _administer(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def everything(url: str) -> Iterator[str]:
    """All that a database says, line by line; of PostgreSQL also what its sessions last did."""
    if _on_postgresql(url):
        yield from _everything_in_postgresql(url)
    else:
        path = url.removeprefix("sqlite:///")
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            yield from database.iterdump()


def _everything_in_postgresql(url: str) -> Iterator[str]:
    with psycopg.connect(url) as database:
        tables = database.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        ).fetchall()
        for (table,) in tables:
            rows = database.execute(
                sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
            )
            yield from (f"{table} {row}" for (row,) in rows)
        sessions = database.execute(
            "SELECT query FROM pg_stat_activity WHERE datname = current_database()"
        )
        yield from (query for (query,) in sessions)


def _administer(url: str, statement: str, *others: str) -> None:
    names = map(sql.Identifier, (urlsplit(url).path.removeprefix("/"), *others))
    with psycopg.connect(_named(url, "postgres"), autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*names))


def _on_postgresql(url: str) -> bool:
    return url.startswith(("postgres:", "postgresql:"))


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
