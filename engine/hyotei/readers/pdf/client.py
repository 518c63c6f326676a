"""Has a PDF read by another process, which costs no more than its limits whatever the file is, and takes what it says."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hyotei.messages import Diagnostic, Location, phrase
from hyotei.readers.pdf import limits
from hyotei.readers.printed.blocks_json import block_of_data
from hyotei.readers.printed.form_blocks import Block

_MODULE = "hyotei.readers.pdf.worker"


def blocks_of(content: bytes, file: str, problems: list[Diagnostic]) -> Iterator[Block]:
    """The blocks of a PDF as they are read; what is to be said of the file is added to `problems`, at the end at the latest."""
    try:
        process = _process()
    except OSError:  # a system that allows no more processes
        problems.append(Diagnostic("HY873", Location(file)))
        return
    with process:
        try:
            _hand_over(process, content)
            del content
            ended = False
            for message in _messages(process):
                if "line" in message or "table" in message:
                    yield block_of_data(message)
                elif "problem" in message:
                    code, params = message["problem"]
                    if "reason" in params:
                        params["reason"] = phrase(params["reason"])
                    problems.append(Diagnostic(code, Location(file), params))
                else:
                    ended = True
            if not ended:
                problems.append(Diagnostic("HY873", Location(file)))
        finally:
            process.kill()


def _process() -> "subprocess.Popen[bytes]":
    """The other process: the same interpreter with the same search path, and nothing from the folder where it is started."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _hand_over(process: "subprocess.Popen[bytes]", content: bytes) -> None:
    assert process.stdin is not None, "it was asked for"
    with suppress(BrokenPipeError, OSError):  # a process that ended says nothing, which is told
        process.stdin.write(content)
        process.stdin.close()


def _messages(process: "subprocess.Popen[bytes]") -> Iterator[dict[str, Any]]:
    assert process.stdout is not None, "it was asked for"
    while True:
        # Only the time of waiting counts: whoever takes the blocks may take as long as they need.
        timer = threading.Timer(limits.SILENCE, process.kill)
        timer.daemon = True
        timer.start()
        try:
            line = process.stdout.readline()
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            return
        yield json.loads(line)
