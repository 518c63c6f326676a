"""Brings the database to the state that this version needs: all of it or nothing, also where it is killed within it."""

from typing import Final

_LOCK: Final = 4_841_503
"""The advisory lock of PostgreSQL under which one process migrates at a time; any number that nothing else here takes."""


def migrate() -> None:
    """Applies every migration that the database lacks, in one transaction.

    By itself Django ends the transaction of each migration before it notes that it was applied: a kill between both would leave a
    database that cannot be migrated any more.

    Raises:
        DatabaseError: the database cannot be used; it is as it was.
    """
    from django.core.management import call_command
    from django.db import connection, transaction

    # SQLite can change tables only where this was switched off before the transaction; all references are checked at its end.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
                    # Rows that a migration writes are checked at once; a table with checks that wait cannot be altered.
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            call_command("migrate", verbosity=0, interactive=False)
            connection.check_constraints()
            with connection.cursor() as cursor:
                # It changes nothing; a database that can only be read refuses it, here and not at the first change of a person.
                cursor.execute("UPDATE django_migrations SET name = name WHERE id < 0")
    finally:
        if connection.connection is not None:
            connection.enable_constraint_checking()
