"""A workbench that really runs, and a browser that opens it."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from socket import socket
from typing import Any, NamedTuple
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from hyotei.base.extras import EXTRAS, installed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Place(NamedTuple):
    """A workbench that runs: where it is, and the password of its accounts."""

    address: str
    password: str


@contextmanager
def running(folder: Path, prefix: str = "") -> Iterator[Place]:
    """A workbench with an account of each role, under a path."""
    if not all(installed(module) for module in EXTRAS["workbench"]):
        pytest.skip("the extra `workbench` is not installed")
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}{prefix}/"
    command = [sys.executable, "-m", "hyotei.cli", "serve", "--demo", "--port", str(port), "--url", address]
    said = folder / "said"
    with said.open("w") as out:
        options = ["--lang", "en", "--data", str(folder / "data")]
        process = subprocess.Popen([*command, *options], stdout=out, stderr=out, env=os.environ)
    try:
        yield Place(address, _password(said))
    finally:
        process.kill()
        process.wait()


def _password(said: Path) -> str:
    for _ in range(600):
        found = re.search(r"each is (\S+)$", said.read_text(), re.MULTILINE)
        if found is not None and "Ctrl+C" in said.read_text():
            return found[1]
        time.sleep(0.1)
    raise AssertionError(said.read_text())


class Visitor:
    """Somebody who opens pages and sends forms, without a browser."""

    def __init__(self, place: Place) -> None:
        self.place, self.opener = place, build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """A page by its path."""
        return str(self.opener.open(f"{self.place.address}{path}", timeout=120).read().decode())

    def send(self, path: str, **fields: str) -> str:
        """The page that comes of a form that a page has."""
        mark = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        assert mark is not None
        form = urlencode({"csrfmiddlewaretoken": mark[1], **fields}).encode()
        return str(self.opener.open(f"{self.place.address}{path}", form, timeout=120).read().decode())


def token(place: Place, name: str) -> str:
    """Logs in as a person does, and makes a token."""
    person = Visitor(place)
    person.send("login/", name=name, password=place.password)
    found = re.search(r"hyotei_[\w-]{43}", person.send("tokens/", name="example"))
    assert found is not None
    return found[0]


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
