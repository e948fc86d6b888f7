#!/bin/sh
# Makes .venv with a Python of at least 3.11, unless there is a working one already; $PYTHON chooses another.
set -eu

works() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if works .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    exit 0
fi

usable=
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    works "$python" || continue
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        exec "$python" -m venv --clear .venv
    fi
    usable=${usable:-$python}
done

# Debian and Ubuntu keep a part of venv in a package of its own.
if [ -n "$usable" ]; then
    "$(dirname "$0")/system_libraries.sh" venv "$usable"
    exec "$usable" -m venv --clear .venv
fi

echo "Python 3.11 or newer is needed. On Debian 12 or newer and Ubuntu 24.04: sudo apt-get install python3 python3-venv" >&2
echo "On Ubuntu 22.04: sudo apt-get install python3.11 python3.11-venv" >&2
exit 1
