"""The REST interface against its own description, by schemathesis: what it describes is what it takes and answers.

schemathesis stands in an environment of its own (`make test-all` makes it): its plugin of pytest would come into all other tests.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.workbench.running import running, token

pytestmark = pytest.mark.slow

_PROGRAM = os.environ.get("HYOTEI_SCHEMATHESIS") or str(ROOT / ".venv-schemathesis" / "bin" / "schemathesis")
_EXAMPLES = os.environ.get("HYOTEI_SCHEMATHESIS_EXAMPLES", "20")


def test_the_interface_is_as_it_is_described(tmp_path: Path) -> None:
    program = shutil.which(_PROGRAM)
    if program is None:
        pytest.skip("schemathesis is not set up (tools/setup_env.sh --schemathesis)")
    with running(tmp_path) as place:
        command = [
            program, "--config-file", str(Path(__file__).with_name("schemathesis.toml")),
            "run", f"{place.address}api/v1/openapi.json", "--header", f"Authorization: Bearer {token(place, 'administrator')}",
            "--phases", "examples,coverage,fuzzing", "--max-examples", _EXAMPLES, "--seed", "1", "--continue-on-failure",
            "--request-timeout", "60", "--no-color",
        ]  # fmt: skip
        alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=alone, check=False)
        said = (tmp_path / "said").read_text()
    assert done.returncode == 0, done.stdout + said
    assert "Traceback" not in said
    assert "Tested: 0" not in done.stdout
