"""The states of the database: complete, and each from the one before."""

from typing import Any


def test_the_models_are_those_of_the_last_migration(database: Any) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "workbench", check=True, dry_run=True, verbosity=0)
