#!/bin/sh
# Installs Debian packages: as root, or by sudo where it asks for no password.
# Usage: scripts/install.sh PACKAGE...
set -eu
export DEBIAN_FRONTEND=noninteractive

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
refuse() {
    echo "Please install these packages, then try again: $*" >&2
    echo "(on Debian or Ubuntu: sudo apt-get install $*)" >&2
    exit 1
}

command -v apt-get >/dev/null || refuse "$@"
if [ -n "$as_root" ] && ! sudo -n true 2>/dev/null; then
    refuse "$@"
fi
echo "Installing $* ..."
# Old package lists may still do, so a failing update is no reason to stop.
$as_root apt-get update -qq >/dev/null 2>&1 || true
$as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null || refuse "$@"
