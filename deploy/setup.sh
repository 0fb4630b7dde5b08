#!/bin/sh
# Makes .venv and installs one of the locked sets into it: setup.sh embedded|dev|browser
# Run by the Makefile, which calls it only when a lock changed. Indexes are pip's own settings.
set -eu
lock="requirements/$1.txt"

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s' "$candidate"
            return
        fi
    done
    found=$(python3 --version 2>/dev/null || echo "no Python")
    say "Python 3.11 or newer is needed, and this machine has $found."
    say "Install one (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python), or name it: make PYTHON=/path/to/python3.12 …"
    exit 1
}

working() { [ "$(cat .venv/.home 2>/dev/null)" = "$PWD" ] && .venv/bin/python -m pip --version >/dev/null 2>&1; }

if [ -e .venv ] && ! working; then
    say "The folder .venv does not work here (moved, unfinished, or its Python is gone): making it anew."
    rm -rf .venv
fi
if [ ! -e .venv ]; then
    python=$(find_python)
    say "Making .venv with $("$python" --version)"
    if ! "$python" -m venv .venv >.venv.log 2>&1; then
        say "Python could not make a virtual environment (details in .venv.log)."
        say "On Debian and Ubuntu its package is missing: apt-get install python3-venv, then run make again."
        rm -rf .venv
        exit 1
    fi
    rm -f .venv.log
    printf '%s\n' "$PWD" >.venv/.home
fi

started=$(date +%s)
say "Installing $(grep -c '==' "$lock") packages ($1), pinned with their hashes; about 20 seconds"
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input -q "$@"; }
if ! pip install --progress-bar off --require-hashes -r "$lock"; then
    say "The packages could not be installed: the reason stands above."
    say "Without a way to the package index, set pip to your mirror (pip config set global.index-url …), then run make again."
    exit 1
fi
pip install --no-index --no-deps --no-build-isolation -e .
say "Installed in $(($(date +%s) - started)) s"
