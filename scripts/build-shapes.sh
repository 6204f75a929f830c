#!/bin/sh
# Builds shapes/preset-shapes.xml.zst, the shapes that Office knows by name, from a pinned package: the same bytes each time.
#
#     scripts/build-shapes.sh [WORK_FOLDER]
#
# Needs Debian 12 with its package lists (apt-get update), unzip, python3, zstd 1.5.4 (another zstd may compress to other bytes).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work" "$root/shapes"
cd "$work"

apt-get download libapache-poi-java=4.0.1-4
sha256sum --check --quiet "$root/scripts/build-shapes.sha256"
rm -rf poi && dpkg-deb -x libapache-poi-java_*.deb poi
unzip -p poi/usr/share/java/poi-4.0.1.jar org/apache/poi/sl/draw/geom/presetShapeDefinitions.xml > definitions.xml

python3 - <<'PYTHON'
"""Keeps of each shape what is needed to draw it, a shape a line."""
import xml.etree.ElementTree as tree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
lines = []
for shape in tree.parse("definitions.xml").getroot():
    for part in shape.iter():
        part.tag, part.text, part.tail = part.tag.removeprefix(A), None, None
        part.attrib.pop("extrusionOk", None)
    for part in list(shape):
        if part.tag in ("ahLst", "cxnLst"):
            shape.remove(part)
    lines.append(tree.tostring(shape, "unicode").replace(" />", "/>"))
lines.sort()
# The standard's own list names one shape twice.
lines = list(dict.fromkeys(lines))
open("preset-shapes.xml", "w", encoding="utf-8", newline="\n").write("\n".join(lines) + "\n")
PYTHON
zstd --quiet -19 --force preset-shapes.xml -o "$root/shapes/preset-shapes.xml.zst"
cp poi/usr/share/doc/libapache-poi-java/copyright "$root/shapes/LICENCE"
chmod 644 "$root"/shapes/*
