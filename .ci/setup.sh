#!/bin/sh
# Make the virtual environment from the lock file, by uv where there is one, else by pip. Called by make.
#   setup.sh FOLDER        PYTHON names the interpreter (3.11 or 3.12)
set -eu
venv=$1
python=${PYTHON:-python3}

supported='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))'
if ! "$python" -c "$supported" 2>/dev/null; then
    for other in python3.12 python3.11; do
        if "$other" -c "$supported" 2>/dev/null; then python=$other; break; fi
    done
fi
if ! "$python" -c "$supported" 2>/dev/null; then
    echo "setup: Python 3.11 or 3.12 is needed; name one: make PYTHON=/path/to/python3.12 graph" >&2
    exit 1
fi

if command -v uv >/dev/null 2>&1; then
    "$python" -m venv --clear --without-pip "$venv"
    uv pip install --quiet --python "$venv/bin/python" --require-hashes -r requirements.lock
    uv pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
else
    "$python" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
fi
