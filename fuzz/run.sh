#!/usr/bin/env bash
# Runs fuzz targets for so many seconds each: fuzz/run.sh SECONDS [TARGET...]
# SEEDS="FILE_OR_FOLDER..." are further workbooks and Word files to begin from; JOBS=3 is how many targets run at a time.
# An input that takes longer than 150 seconds by the clock is an end: several run at a time, on a machine with other work.
# Needs a nightly toolchain, cargo-fuzz and Python with olefile. The targets run when nothing else does. What the fuzzer
# finds on its way it keeps in fuzz/corpus, what stops it in fuzz/artifacts, what it says in fuzz/logs; told at each target's
# end are its executions, wall and processor time, the edges covered at the start, at half of the executions and at the
# end, and how many inputs were slow.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?seconds for each target}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo +nightly fuzz list)
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
# shellcheck disable=SC2086 # SEEDS is a list
python3 fuzz/seeds.py "$seeds" ${SEEDS:-}
cargo +nightly fuzz build
mkdir -p fuzz/logs
bin=${CARGO_TARGET_DIR:-fuzz/target}/$(rustc +nightly -vV | sed -n 's/^host: //p')/release

# With the scheduler's groups for sessions an idle process still takes its group's share: the group is made to yield.
[ ! -w /proc/self/autogroup ] || echo 8 >/proc/self/autogroup

edges() {
  awk -v runs="$2" '/^#/ { at = substr($1, 2) + 0; for (i = 2; i < NF; i++) if ($i == "cov:") {
    if ($2 == "INITED") first = $(i + 1); if (at <= runs / 2) middle = $(i + 1); last = $(i + 1) } }
    END { print first + 0, middle + 0, last + 0 }' "$1"
}

one() {
  local target=$1 options=(-max_total_time="$seconds" -timeout=150 -rss_limit_mb=2048 -max_len=262144 -print_final_stats=1)
  mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target" "$seeds/$target"
  [ ! -f "$seeds/$target.dict" ] || options+=(-dict="$seeds/$target.dict")
  local times
  TIMEFORMAT='%R s wall, %U s processor'
  if times=$({ time chrt --idle 0 "$bin/$target" "${options[@]}" -artifact_prefix="fuzz/artifacts/$target/" \
    "fuzz/corpus/$target" "$seeds/$target" >"fuzz/logs/$target.log" 2>&1; } 2>&1); then
    local end=sound
  else
    local end=STOPPED
  fi
  local runs
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "fuzz/logs/$target.log")
  echo "$target: $end, ${runs:-?} executions, $times, edges $(edges "fuzz/logs/$target.log" "${runs:-0}")," \
    "$(find "fuzz/artifacts/$target" -name 'slow-unit-*' | wc -l) slow"
  [ "$end" = sound ]
}

for target in "${targets[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-3}" ]; do wait -n || true; done
  { one "$target" || touch "$seeds/failed"; } &
done
wait
[ ! -e "$seeds/failed" ]
