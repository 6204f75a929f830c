#!/bin/bash
# Twenty parts of a project as an array; then one job that puts them together. PROJECT and OUTPUT lie on a drive that all
# nodes see; each part writes into a folder of its own.
#   PROJECT=/data/2023 OUTPUT=/data/out sbatch deploy/slurm.sh
#   PROJECT=/data/2023 OUTPUT=/data/out sbatch --array=1 --dependency=afterok:JOB deploy/slurm.sh collect
#SBATCH --job-name=huibao
#SBATCH --array=1-20
#SBATCH --cpus-per-task=4
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#SBATCH --requeue
# SIGTERM a minute before the end finishes the reports in hand (exit code 3); submitted again it goes on.
#SBATCH --signal=TERM@60
set -eu
: "${PROJECT:?the folder with huibao.toml}" "${OUTPUT:?the folder for the parts}"
PARTS=${PARTS:-20}

if [ "${1:-}" = collect ]; then
  folders=()
  for part in $(seq 1 "$PARTS"); do folders+=("$OUTPUT/part-$part"); done
  exec huibao collect --out "$OUTPUT/all" "${folders[@]}"
fi

part=${SLURM_ARRAY_TASK_ID:?runs in an array}
exec huibao build --project "$PROJECT" --fonts carried --jobs "${SLURM_CPUS_PER_TASK:-1}" \
  --shard "$part/$PARTS" --out "$OUTPUT/part-$part" --record "$OUTPUT/part-$part.json"
