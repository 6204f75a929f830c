#!/usr/bin/env python3
"""The readers that others use, on the files that `cargo bench --bench workbooks` made; beside them huibao's own program.

    cargo bench --bench workbooks; cargo build --release; python3 benches/readers.py [FOLDER of the files]

Needs pandas, openpyxl and python-calamine. Several rounds in turn, the fastest of each counts, so that a busy machine
hurts them all alike. huibao's figures here are of the whole program (`inspect --json`), start to end, peak memory
included; those of the others are of the reading alone, in a program already started."""
import resource, subprocess, sys, time
from pathlib import Path

import pandas
from python_calamine import CalamineWorkbook

root = Path(__file__).resolve().parents[1]
folder = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "target/tmp/workbooks"
program = Path(sys.argv[2]) if len(sys.argv) > 2 else root / "target/release/huibao"
large = folder / "large.xlsx"
schools = sorted((folder / "schools").glob("*.xlsx"))
ROUNDS = 3


def with_huibao():
    subprocess.run([program, "inspect", "--json", large], check=True, stdout=subprocess.DEVNULL)


def with_pandas():
    pandas.read_excel(large, engine="openpyxl", dtype={"编号": str, "学校代码": str})


def with_calamine():
    CalamineWorkbook.from_path(str(large)).get_sheet_by_index(0).to_python()


def schools_with_calamine():
    for file in schools:
        CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def fastest(run, rounds):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


runs = {"huibao": with_huibao, "python-calamine": with_calamine, "pandas with openpyxl": with_pandas}
best = {}
for _ in range(ROUNDS):
    for name, run in runs.items():
        best[name] = min(best.get(name, 1e9), fastest(run, 1))
for name, seconds in best.items():
    print(f"{large.name}: {name}: {seconds:.2f} s, {seconds / best['huibao']:.2f} x huibao")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{large.name}: huibao's peak memory: {peak:.0f} MiB for a file of {large.stat().st_size / 1e6:.1f} MB")
seconds = fastest(schools_with_calamine, ROUNDS)
print(f"{len(schools)} files: python-calamine: {len(schools) / seconds:.0f} files a second")
