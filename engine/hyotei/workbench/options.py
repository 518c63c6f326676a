"""How a workbench is started: where it listens, by which address people reach it, and where it keeps what it is told."""

import os
import secrets
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from hyotei.base.causes import cause
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Param
from hyotei.workbench.provider import Provider

_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_SECRET: Final = "secret-key"
DATABASE: Final = "workbench.sqlite3"
"""The name of the database in the folder of data."""


@dataclass(frozen=True)
class Options:
    """The settings of a workbench.

    Attributes:
        data: the folder of the database and of the key that signs sessions.
        host: the address to listen at.
        port: the port to listen at.
        database: the URL of the database; by default SQLite in the folder.
        url: the address by which people reach it, with the path prefix of a proxy; by default that where it listens.
        provider: by whose accounts people may come in as well.
        proxy: the address of the reverse proxy whose word on clients is taken; empty where there is none.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database: str = ""
    url: str = ""
    proxy: str = ""
    provider: Provider | None = None

    @cached_property
    def public(self) -> SplitResult:
        """The address by which people reach it.

        Raises:
            HyoteiError: it is no address of a page (HY001), or the workbench listens everywhere and none is given (HY002).
        """
        if not self.url:
            if not self.loopback:
                raise HyoteiError(Diagnostic("HY002", params={"host": self.host}))
            return urlsplit(f"http://{self.shown_host}:{self.port}")
        try:
            found = urlsplit(self.url)
            right = found.scheme in ("http", "https") and bool(found.hostname) and not found.query + found.fragment
            _ = found.port
        except ValueError:
            right = False
        if not right:
            raise HyoteiError(Diagnostic("HY001", params={"url": self.url}))
        return found

    def require_proxy(self) -> None:
        """Ends a start with a proxy that could never be known again: what it says would be dropped without a word.

        Raises:
            HyoteiError: the proxy is no IP address (HY056).
        """
        try:
            if self.proxy:
                ip_address(self.proxy)
        except ValueError:
            raise HyoteiError(Diagnostic("HY056", params={"proxy": self.proxy})) from None

    @property
    def loopback(self) -> bool:
        """Whether it listens for this machine alone."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def shown_host(self) -> str:
        """The address to listen at as it stands in a URL."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def prefix(self) -> str:
        """The path before every page, without a stroke at its end; empty where there is none."""
        return self.public.path.rstrip("/")

    @property
    def address(self) -> str:
        """The address of the first page."""
        return f"{self.origin}{self.prefix}/"

    @property
    def address_back(self) -> str:
        """The address to which the provider leads back; it must know it."""
        return f"{self.address}login/provider/back/"

    @property
    def origin(self) -> str:
        """The address without its path."""
        return f"{self.public.scheme}://{self.public.netloc}"

    @property
    def hosts(self) -> list[str]:
        """The names that a request may be for."""
        named = self.public.hostname or ""
        return [f"[{named}]" if ":" in named else named, *_LOOPBACK]

    @property
    def database_url(self) -> str:
        """The URL of the database."""
        return self.database or f"sqlite:///{(self.data / DATABASE).resolve()}"

    def require_database(self) -> None:
        """Ends what is about a workbench that is there already, before one is made.

        Raises:
            HyoteiError: the folder has no database, and none is named by its URL (HY051).
        """
        if not self.database and not (self.data / DATABASE).is_file():
            raise HyoteiError(Diagnostic("HY051", params={"folder": str(self.data)}))

    def make_folder(self) -> None:
        """Makes the folder of data where it is not there.

        Raises:
            HyoteiError: it cannot be made (HY003).
        """
        try:
            self.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._refused(error) from error

    def make_database(self) -> None:
        """Makes the folder, and the database where there is none: for this user alone, since it holds the keys of sessions.

        Raises:
            HyoteiError: they cannot be made (HY003).
        """
        self.make_folder()
        try:
            os.close(os.open(self.data / DATABASE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            return
        except OSError as error:
            raise self._refused(error) from error

    def _refused(self, error: OSError) -> HyoteiError:
        params: dict[str, Param] = {"folder": str(self.data), "reason": cause(error)}
        return HyoteiError(Diagnostic("HY003", params=params))

    def secret_key(self) -> str:
        """The key that signs sessions: made at the first start, and readable by this user alone.

        Raises:
            HyoteiError: the folder cannot be written (HY003).
        """
        file = self.data / _SECRET
        try:
            self.make_folder()
            try:
                handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                found = file.read_text(encoding="ascii").strip()
                if len(found) >= 32:
                    return found
                handle = os.open(file, os.O_WRONLY | os.O_TRUNC)  # a start that broke off left it empty
            made = secrets.token_urlsafe(64)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(made)
            return made
        except OSError as error:
            raise self._refused(error) from error
