#!/bin/sh
# Builds the faces in fonts/ from pinned packages: the same bytes each time.
#
#     scripts/build-fonts.sh [WORK_FOLDER]
#
# Needs Debian 12 with its package lists (apt-get update), npm, python3 with venv, zstd 1.5.4 (another zstd may compress
# to other bytes). Every downloaded file is checked against its hash; a mismatch ends the script.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work" "$root/fonts/licences"
cd "$work"

echo "downloading to $work"
npm pack --silent @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3
apt-get download fonts-lxgw-wenkai=1.250+repack-1 fonts-liberation2=2.1.5-1 fonts-dejavu-core=2.37-6 unicode-data=15.0.0-1 \
    texlive-lang-chinese=2022.20230122-1
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --platform any fonttools==4.60.1

sha256sum --check --quiet "$root/scripts/build-fonts.sha256"

unpack_deb() { mkdir -p "$1" && dpkg-deb -x "$1"_*.deb "$1"; }
unpack_npm() { mkdir -p "$1" && tar -xzf "expo-google-fonts-$1-0.4.3.tgz" -C "$1" --strip-components 1; }
for package in fonts-lxgw-wenkai fonts-liberation2 fonts-dejavu-core unicode-data texlive-lang-chinese; do unpack_deb "$package"; done
for package in noto-serif-sc noto-sans-sc; do unpack_npm "$package"; done

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --no-index fonttools-4.60.1-py3-none-any.whl
rm -rf out && mkdir out
venv/bin/python "$root/scripts/build-fonts.py" . out

rm -f "$root"/fonts/*.zst
for face in out/*.ttf; do zstd --quiet -19 --force "$face" -o "$root/fonts/$(basename "$face").zst"; done
cp texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf "$root/fonts/"

licences="$root/fonts/licences"
cp noto-serif-sc/LICENSE_FONT "$licences/NotoSerifSC-OFL.txt"
cp noto-sans-sc/LICENSE_FONT "$licences/NotoSansSC-OFL.txt"
cp fonts-lxgw-wenkai/usr/share/doc/fonts-lxgw-wenkai/copyright "$licences/LXGWWenKai-OFL.txt"
cp fonts-liberation2/usr/share/doc/fonts-liberation2/copyright "$licences/LiberationSerif-OFL.txt"
cp fonts-dejavu-core/usr/share/doc/fonts-dejavu-core/copyright "$licences/HuibaoSymbols-BitstreamVera.txt"
gzip -dc texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz > "$licences/FandolFang-COPYING.txt"
cp texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol/README "$licences/FandolFang-README.txt"
chmod 644 "$root"/fonts/*.zst "$root"/fonts/*.otf "$licences"/*

cd "$root/fonts" && LC_ALL=C sha256sum -- *.otf *.zst > SHA256SUMS
