"""How a workbench is started: addresses, and the key that signs sessions."""

from pathlib import Path

import pytest

from hyotei.messages import HyoteiError
from hyotei.workbench.options import Options


def test_the_address_is_where_it_listens_unless_another_is_named(tmp_path: Path) -> None:
    assert Options(tmp_path).address == "http://127.0.0.1:8000/"
    assert Options(tmp_path, host="::1", port=81).address == "http://[::1]:81/"
    behind = Options(tmp_path, host="0.0.0.0", url="https://hyotei.example.go.jp/eval/")
    assert (behind.address, behind.prefix) == ("https://hyotei.example.go.jp/eval/", "/eval")
    assert behind.hosts[0] == "hyotei.example.go.jp"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"host": "0.0.0.0"}, "HY002"),
        ({"url": "hyotei.example"}, "HY001"),
        ({"url": "ftp://hyotei.example"}, "HY001"),
        ({"url": "http://hyotei.example:port"}, "HY001"),
        ({"url": "http://[::1"}, "HY001"),
    ],
)
def test_what_is_no_address_is_told(tmp_path: Path, options: dict[str, str], code: str) -> None:
    with pytest.raises(HyoteiError) as told:
        _ = Options(tmp_path, **options).public  # type: ignore[arg-type]  # all of them are texts
    assert [each.code for each in told.value.diagnostics] == [code]


def test_the_key_is_made_once_and_is_for_its_user_alone(tmp_path: Path) -> None:
    options = Options(tmp_path / "data")
    key = options.secret_key()
    assert len(key) >= 64
    assert Options(tmp_path / "data").secret_key() == key
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0
    (tmp_path / "data" / "secret-key").write_text("")
    assert len(Options(tmp_path / "data").secret_key()) >= 64


def test_the_database_is_for_its_user_alone(tmp_path: Path) -> None:
    options = Options(tmp_path / "data")
    options.make_database()
    file = tmp_path / "data" / "workbench.sqlite3"
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("kept")
    options.make_database()
    assert file.read_text() == "kept"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HyoteiError, match="書けません"):
        Options(tmp_path / "file" / "data").secret_key()


@pytest.mark.parametrize("url", ["mysql://host/name", "nonsense", "oracle://x"])
def test_other_databases_are_refused(tmp_path: Path, url: str) -> None:
    pytest.importorskip("dj_database_url")
    from hyotei.workbench.settings import values

    with pytest.raises(HyoteiError) as told:
        values(Options(tmp_path, database=url))
    assert [each.code for each in told.value.diagnostics] == ["HY004"]
