#!/bin/sh
# Makes the papers of the demonstration's meeting and turns each into pictures, to be
# looked at for missing glyphs and cut lines. Needs LibreOffice and poppler-utils.
set -eu

here=$(dirname "$0")
missing=""
command -v soffice >/dev/null || missing="libreoffice-impress libreoffice-writer libreoffice-calc"
command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
find /usr/share/fonts /usr/local/share/fonts -name 'NotoSansCJK*' 2>/dev/null |
    grep -q . || missing="$missing fonts-noto-cjk"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    "$here/install.sh" $missing
fi

out=$1
mkdir -p "$out/pictures"
.venv/bin/python -m reports.meeting "$out"
for paper in "$out"/*.pptx "$out"/*.docx "$out"/*.xlsx; do
    soffice --headless --convert-to pdf --outdir "$out/pictures" "$paper" >/dev/null
done
for paper in "$out"/*.pdf "$out"/pictures/*.pdf; do
    pdftoppm -r 50 -png "$paper" "$out/pictures/$(basename "$paper" .pdf)"
done
echo "$out/pictures"
