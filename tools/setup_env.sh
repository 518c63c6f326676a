#!/usr/bin/env bash
# Makes .venv with all that `make demo`, `make test` and `make lint` need. Says nothing and ends at once when it stands.
#
#   tools/setup_env.sh            make .venv, or bring it up to date
#   tools/setup_env.sh --spark    the same with Spark, whose tests are skipped otherwise (300 MB more; it runs on Java 17)
#   tools/setup_env.sh --schemathesis   schemathesis in .venv-schemathesis, for the tests of the REST interface, which are skipped otherwise
#   tools/setup_env.sh --check    only say what this machine lacks
#
# PYTHON=/path/to/python3.12 chooses the interpreter; otherwise the first of python3.11, 3.12, 3.13 and python3 that runs.
# CC chooses the compiler. pip's own settings hold. Behind a closed network, fill a folder on a connected machine of the
# same kind with `pip download -d wheels -c constraints.txt setuptools hatchling '.[dev]'` and run here with
# PIP_NO_INDEX=1 PIP_FIND_LINKS=/path/to/wheels. A wheel of durable_rules in that folder makes the compiler needless:
# `CC='gcc -O2' pip wheel -w wheels durable_rules==2.0.28`, and on Python 3.13 CC='gcc -O2 -DPyEval_CallObject=PyObject_CallObject'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1
venv=.venv
stamp=$venv/hyotei-stamp

fail() { # Japanese, English
  printf '%s\n%s\n' "$1" "$2" >&2
  exit 1
}

# A virtual environment cannot be moved and belongs to one interpreter, so the folder and PYTHON are part of the key.
key() { printf '%s\n' "$PWD" "${PYTHON:-}" "$(cat pyproject.toml constraints.txt tools/setup_env.sh | cksum)"; }

supported() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

find_python() {
  local candidate version found=
  for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
    if supported "$candidate"; then
      python=$candidate
      return
    fi
    # The first line only: launchers of version managers answer in several.
    version=$("$candidate" --version 2>/dev/null | head -n 1) || true
    [ -z "$version" ] || found+="${found:+, }$candidate = $version"
  done
  fail "Hyotei には Python 3.11、3.12、3.13 のいずれかが要ります（見つかったもの: ${found:-なし}）。PYTHON=/path/to/python3.12 で指定できます。" \
    "Hyotei needs Python 3.11, 3.12 or 3.13 (found: ${found:-none}); name one with PYTHON=/path/to/python3.12."
}

check_venv() {
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$python に venv がありません。例: apt-get install python3-venv" \
      "$python has no venv module; for example: apt-get install python3-venv"
}

# durable_rules is published as source only, so the machine must be able to compile against this Python.
find_compiler() {
  local candidate
  compiler=
  for candidate in "${CC:-}" gcc cc clang; do
    if [ -n "$candidate" ] && command -v "${candidate%% *}" >/dev/null; then
      compiler=$candidate
      break
    fi
  done
  [ -n "$compiler" ] || return 1
  local include
  include=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
  # shellcheck disable=SC2086 # CC may carry options
  printf '#include <Python.h>\n#include <stdlib.h>\n' | $compiler -I"$include" -x c -fsyntax-only - 2>/dev/null
}

no_compiler() {
  local lacking_ja="Python のヘッダー（Python.h）" lacking_en="the headers of $python (Python.h)"
  [ -n "$compiler" ] || { lacking_ja="C コンパイラ" lacking_en="a C compiler"; }
  fail "durable_rules のビルドに要る ${lacking_ja}がありません。例: apt-get install gcc python3-dev（ビルド済みの wheel を PIP_FIND_LINKS のフォルダーに置いても足ります）。" \
    "Building durable_rules needs $lacking_en; for example: apt-get install gcc python3-dev (or put a prebuilt wheel into a folder named by PIP_FIND_LINKS)."
}

pip() { "$venv/bin/python" -m pip install --quiet --constraint constraints.txt "$@"; }

pip_failed() {
  fail "pip での導入に失敗しました（理由は上の出力）。閉じたネットワークでは PIP_NO_INDEX=1 と PIP_FIND_LINKS を使えます。" \
    "pip could not install (its output above says why); behind a closed network use PIP_NO_INDEX=1 and PIP_FIND_LINKS."
}

# Apart from the rest, for two reasons: its setup.py drops the optimisation flags, and Python 3.13 took away the old name
# of a function it calls. No cache: pip would hand back a wheel that was built without these flags.
install_durable_rules() {
  if find_compiler; then
    local flags=-O2
    [[ $("$venv/bin/python" --version) == *" 3.13"* ]] && flags+=' -DPyEval_CallObject=PyObject_CallObject'
    CC="$compiler $flags" pip --no-cache-dir --no-deps --no-build-isolation --use-pep517 durable_rules || pip_failed
  else
    pip --no-deps --only-binary durable_rules durable_rules 2>/dev/null || no_compiler
  fi
  "$venv/bin/python" -c 'import durable_rules_engine' ||
    fail "入れた durable_rules を読み込めません。wheel を置いている場合は、この Python でビルドし直してください。" \
      "The durable_rules just installed cannot be imported; if its wheel was prebuilt, build it again with this Python."
}

if [ "${1:-}" = --check ]; then
  find_python
  check_venv
  find_compiler || no_compiler
  exit 0
fi

# In an environment of its own: its plugin would come into every other test.
add_schemathesis() {
  local folder=.venv-schemathesis
  [ ! -x $folder/bin/schemathesis ] || return 0
  find_python
  printf 'schemathesis を %s に用意しています… / Preparing schemathesis in %s ...\n' $folder $folder >&2
  "$python" -m venv --clear $folder
  $folder/bin/python -m pip install --quiet 'schemathesis>=4.32,<5' || pip_failed
}

if [ "${1:-}" = --schemathesis ]; then
  add_schemathesis
  exit 0
fi

add_spark() {
  [ "$1" = --spark ] || return 0
  [ ! -e "$venv/hyotei-spark" ] || return 0
  printf 'Spark を加えています… / Adding Spark ...\n' >&2
  pip --no-build-isolation --editable '.[dev,spark]' || pip_failed
  touch "$venv/hyotei-spark"
}

if [ "$(cat "$stamp" 2>/dev/null)" = "$(key)" ]; then
  add_spark "${1:-}"
  exit 0
fi
find_python
check_venv
printf '%s で %s を用意しています（1～2分）… / Preparing %s with %s (1-2 minutes) ...\n' "$python" "$venv" "$venv" "$python" >&2
"$python" -m venv --clear "$venv"
pip 'setuptools>=70.1' hatchling || pip_failed
install_durable_rules
pip --no-build-isolation --editable '.[dev]' || pip_failed
key >"$stamp"
add_spark "${1:-}"
