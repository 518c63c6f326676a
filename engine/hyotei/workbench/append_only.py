"""Tables of which the database itself refuses to change or delete a row, whoever asks."""

from typing import Any


def protect(*tables: str) -> Any:
    """The operation of a migration that makes tables append-only."""
    from django.db.migrations import RunPython

    def forwards(_: object, editor: Any) -> None:
        for table in tables:
            for statement in statements(editor.connection.vendor, table):
                editor.execute(statement)

    return RunPython(forwards, RunPython.noop)


def statements(vendor: str, table: str) -> tuple[str, ...]:
    """The statements that protect a table, by the kind of the database."""
    if vendor == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        verbs = ("update", "delete")
        return tuple(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {refuse}" for verb in verbs)
    refuse = (
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
    )
    before = (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )
    return refuse, before
