#!/usr/bin/env python3
"""Attacks huibao with hostile files: scripts/attacks HUIBAO [NAME...]

Makes each file in a temporary folder, runs the program on it, and tells the time, the peak of memory and the end: a
result (0), something left out (1), a refusal (2). A crash, a run that takes the processor for more than SECONDS (from the
environment; 120) or more than MOST_MB of memory is a fault, and so is a file that comes to lie outside the output folder.
Names are prefixes of attacks; all if none is given.
"""

import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

import documents  # noqa: F401
import outside
import projects  # noqa: F401
import templates  # noqa: F401
import workbooks  # noqa: F401
from made import ATTACKS

SECONDS = int(os.environ.get("SECONDS", "120"))
MOST_MB = 3000


def run(huibao, name, make):
    with tempfile.TemporaryDirectory(prefix="attack") as temporary:
        folder = pathlib.Path(temporary) / "attacked"
        folder.mkdir()
        argv = make(folder)
        before = set(os.listdir(temporary)) | set(os.listdir("/tmp"))
        log = open(pathlib.Path(temporary) / "log", "w+b")

        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (5 << 30, 5 << 30))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        start = time.monotonic()
        process = subprocess.Popen([huibao, "--lang", "en", *argv], stdout=log, stderr=subprocess.STDOUT, cwd=folder, preexec_fn=limit)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = end = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        log.seek(0)
        said = log.read(1 << 20).decode(errors="replace")
        faults = []
        if end in (-signal.SIGXCPU, -signal.SIGKILL):
            faults.append("too slow")
        elif end not in (0, 1, 2) or "panicked" in said:
            faults.append("crash")
        megabytes = used.ru_maxrss >> 10
        if megabytes > MOST_MB:
            faults.append("too much memory")
        escaped = {new for new in set(os.listdir(temporary)) - before - {"log"}} | {new for new in os.listdir("/tmp") if new.startswith("huibao-attacked")}
        if escaped:
            faults.append(f"outside: {escaped}")
        if any(outside.SECRET.encode() in path.read_bytes() for path in folder.rglob("out/**/*.docx") if path.is_file()):
            faults.append("secret told")
        lines = [line for line in said.splitlines() if line.strip()]
        told = next((line for line in lines if line.startswith("error")), lines[-1] if lines else "")
        print(f"{name:28} {end:3} {wall:6.1f} s {used.ru_utime + used.ru_stime:6.1f} s {megabytes:5} MB  {'FAULT: ' + ', '.join(faults) + ' ' if faults else ''}{told.replace(str(folder) + '/', '')[:150]}", flush=True)
        return not faults


def main(huibao, names):
    chosen = {name: make for name, make in ATTACKS.items() if not names or any(name.startswith(prefix) for prefix in names)}
    print(f"{'attack':28} end   wall  processor   peak  what is said")
    results = [run(huibao, name, make) for name, make in chosen.items()]
    print(f"{len(results)} attacks, {results.count(False)} faults")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2:]))
