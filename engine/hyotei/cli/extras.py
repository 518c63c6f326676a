"""Extras that a command needs: where one is not installed, the user is told which."""

from importlib.util import find_spec

from hyotei.messages import Diagnostic, HyoteiError


def need(module: str, extra: str) -> None:
    """Goes on only where the module is there.

    Raises:
        HyoteiError: HY902, it is not; the message says what to install.
    """
    if find_spec(module) is None:
        raise HyoteiError(Diagnostic("HY902", params={"module": module, "extra": extra}))
