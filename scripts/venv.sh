#!/bin/sh
# Makes .venv with a Python of 3.11 or newer.
set -eu
cd "$(dirname "$0")/.."

for python in ${PYTHON:-} python3.11 python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        found=$python
        break
    fi
done
if [ -z "${found:-}" ]; then
    echo "The dashboard needs Python 3.11 or newer, and this machine has none." >&2
    echo "Debian 12 and newer bring it as python3; or name one: make run PYTHON=..." >&2
    exit 1
fi
if ! "$found" -c 'import ensurepip, venv' 2>/dev/null; then
    scripts/install.sh python3-venv
fi
echo "Making .venv with $("$found" --version) ..."
"$found" -m venv --clear .venv
