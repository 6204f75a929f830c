#!/usr/bin/env bash
# Runs every fuzz target for so many seconds: fuzz/run.sh 3600 [TARGET...]
# Needs a nightly toolchain and cargo-fuzz. Seeds are the example's workbooks and those of the tests; what the fuzzer
# finds on its way it keeps in fuzz/corpus, what stops it in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?seconds for each target}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo +nightly fuzz list)
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
mkdir "$seeds"/{workbook,xlsx_parts,xlsb_parts,ods_parts,grid}
number=0
while IFS= read -r file; do
  number=$((number + 1))
  cp "$file" "$seeds/workbook/$number"
  parts() { # the parts of a package, one after another with a mark between
    local to=$1
    shift
    for part in "$@"; do
      unzip -p "$file" "$part" 2>/dev/null || true
      printf '\n%%%%%%\n'
    done >"$to"
  }
  case "$file" in
    *.xlsx) parts "$seeds/xlsx_parts/$number" xl/worksheets/sheet1.xml xl/workbook.xml xl/sharedStrings.xml xl/styles.xml ;;
    *.xlsb) parts "$seeds/xlsb_parts/$number" xl/worksheets/sheet1.bin xl/workbook.bin xl/sharedStrings.bin xl/styles.bin ;;
    *.ods) unzip -p "$file" content.xml >"$seeds/ods_parts/$number" ;;
  esac
done < <(find tests/workbooks input -type f \( -name '*.xls*' -o -name '*.ods' -o -name '*.csv' -o -name '*.tsv' \) -size -200k | sort)
failed=0
for target in "${targets[@]}"; do
  mkdir -p "fuzz/corpus/$target"
  cargo +nightly fuzz run "$target" "fuzz/corpus/$target" "$seeds/$target" -- \
    -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=262144 -print_final_stats=1 || failed=1
done
exit "$failed"
