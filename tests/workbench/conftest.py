"""A workbench with an empty database. What a test stores is gone after it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hyotei.base.extras import EXTRAS, installed
from hyotei.workbench.roles import Role
from tests.workbench.running import Place, chromium, running

PASSWORD = "correct horse battery"
collect_ignore = ["killing.py", "publishing.py", "race_trials.py", "storage_trials.py"]
"""Programs of their own, which set up a workbench of their own when they begin."""


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Django, set up once for all tests of a process; the folder of its data."""
    if not all(installed(module) for module in EXTRAS["workbench"]):
        pytest.skip("the extra `workbench` is not installed")
    from hyotei.workbench.options import Options
    from hyotei.workbench.serve import prepare

    folder = tmp_path_factory.mktemp("workbench")
    # The whole store on another database: an empty one by its URL.
    prepare(Options(folder, database=os.environ.get("HYOTEI_TEST_DB", "")))
    return folder


@pytest.fixture
def store(database: Path) -> Iterator[None]:
    """A test within a transaction that is taken back."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def folder(database: Path, store: None) -> Iterator[Path]:
    """The folder of published rulebooks, empty before and after the test."""
    found = database / "rulebooks"
    yield found
    for each in found.iterdir():
        shutil.rmtree(each)


@pytest.fixture
def browser(store: None) -> Any:
    """Somebody who is not known, in Japanese."""
    from django.test import Client

    return Client(headers={"host": "localhost", "accept-language": "ja"})


Person = Callable[..., Any]


@pytest.fixture(scope="session")
def hashed(database: Path) -> str:
    """The hash of the password, which takes long to work out by intent."""
    from django.contrib.auth.hashers import make_password

    return str(make_password(PASSWORD))


@pytest.fixture
def person(store: None, hashed: str) -> Person:
    """Makes an account of a role, named after it, and gives its browser."""
    from django.test import Client

    from hyotei.workbench.models import Account

    def known(role: Role, name: str = "", language: str = "ja") -> Any:
        account, _ = Account.objects.get_or_create(name=name or role, defaults={"role": role, "password": hashed})
        client = Client(headers={"host": "localhost", "accept-language": language})
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return known


@pytest.fixture(scope="module")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A workbench that really runs, for all tests of a module; under the path that its `PREFIX` says."""
    with running(tmp_path_factory.mktemp("workbench"), getattr(request.module, "PREFIX", "")) as found:
        yield found


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    """A browser with a window that nobody sees."""
    with chromium() as found:
        yield found
