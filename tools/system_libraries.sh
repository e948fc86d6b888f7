#!/bin/sh
# Installs what Debian and Ubuntu keep outside Python, where it is missing:
#   tools/system_libraries.sh venv PYTHON   what `PYTHON -m venv` needs
#   tools/system_libraries.sh qt PYTHON     what Qt's windows, printing and fonts need; PYTHON has PySide6 installed
# Without the right to install, it prints the one line to run. It fails only when the work truly cannot go on.
set -eu

what=${1:?venv or qt}
python=${2:?a Python}

# soname, then the package that holds it; t64 names are those of Debian 13 and Ubuntu 24.04.
qt_libraries='
libglib-2.0.so.0        libglib2.0-0t64 libglib2.0-0
libgthread-2.0.so.0     libglib2.0-0t64 libglib2.0-0
libGL.so.1              libgl1
libEGL.so.1             libegl1
libxkbcommon.so.0       libxkbcommon0
libxkbcommon-x11.so.0   libxkbcommon-x11-0
libdbus-1.so.3          libdbus-1-3
libfontconfig.so.1      libfontconfig1
libfreetype.so.6        libfreetype6
libX11.so.6             libx11-6
libX11-xcb.so.1         libx11-xcb1
libxcb.so.1             libxcb1
libxcb-cursor.so.0      libxcb-cursor0
libxcb-glx.so.0         libxcb-glx0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render.so.0      libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0
libxcb-shm.so.0         libxcb-shm0
libxcb-sync.so.1        libxcb-sync1
libxcb-util.so.1        libxcb-util1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
libwayland-client.so.0  libwayland-client0
libwayland-cursor.so.0  libwayland-cursor0
libwayland-egl.so.1     libwayland-egl1
libcups.so.2            libcups2t64 libcups2
'

work_is_possible() {
    case $what in
        venv) "$python" -c 'import ensurepip, venv' 2>/dev/null ;;
        qt) "$python" -c 'import PySide6.QtWidgets, PySide6.QtPrintSupport' 2>/dev/null ;;
        *) echo "Unknown: $what" >&2; exit 2 ;;
    esac
}

# The packages wanted, one per line; alternatives of one library stand on the same line.
wanted() {
    if [ "$what" = venv ]; then
        if ! work_is_possible; then
            version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
            echo "$version-venv python3-venv"
        fi
        return
    fi
    present=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    echo "$qt_libraries" | while read -r soname packages; do
        [ -n "$soname" ] || continue
        case $present in
            *"$soname "*) ;;
            *) echo "$packages" ;;
        esac
    done | sort -u
}

# The name this release of Debian or Ubuntu knows, of each line of alternatives.
known() {
    while read -r first others; do
        chosen=
        for package in $first $others; do
            if [ -z "$chosen" ] && [ -n "$(apt-cache show "$package" 2>/dev/null)" ]; then chosen=$package; fi
        done
        # apt's lists may be missing altogether: the last name is the oldest and is also provided by newer releases.
        for package in $first $others; do last=$package; done
        echo "${chosen:-$last}"
    done
}

case $(uname -s) in Linux) ;; *) exit 0 ;; esac

missing=$(wanted)
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    work_is_possible && exit 0
    echo "Missing on this machine: $(echo "$missing" | tr '\n' ' ')(Debian's names). Install them, then run make again." >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    as_root=none
fi

if [ "$as_root" != none ]; then
    # apt's lists may be old or absent; one more try covers a mirror that was busy.
    $as_root apt-get -qq update || { sleep 5; $as_root apt-get -qq update; } || true
    packages=$(echo "$missing" | known | sort -u | tr '\n' ' ')
    echo "Installing: $packages"
    # shellcheck disable=SC2086  # one word per package
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages >/dev/null || true
    [ -n "$(wanted)" ] || exit 0
fi

packages=$(wanted | known | sort -u | tr '\n' ' ')
if work_is_possible; then
    echo "Windows or printing may not work fully until you run: sudo apt-get install $packages" >&2
    exit 0
fi
echo "Run this line, then make again: sudo apt-get install $packages" >&2
exit 1
