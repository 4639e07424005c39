#!/bin/sh
# Sees to it that the tests have a browser and Chinese type.
set -eu

missing=""
command -v chromium >/dev/null || missing="chromium"
find /usr/share/fonts /usr/local/share/fonts -name 'NotoSansCJK*' 2>/dev/null |
    grep -q . || missing="$missing fonts-noto-cjk"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    exec "$(dirname "$0")/install.sh" $missing
fi
