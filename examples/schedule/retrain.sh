#!/usr/bin/env bash
# Retrains a job for one date, and tries again where that may help.
#   retrain.sh JOB.yaml [YYYY-MM-DD]        without a date: today, in UTC
# Exit codes are those of scripts/firesteel.
set -euo pipefail

FIRESTEEL_HOME=${FIRESTEEL_HOME:-/opt/firesteel}
# Seconds between attempts, one number for each: the data may be late, or the run that holds the lease may have died.
read -r -a WAITS <<<"${FIRESTEEL_RETRY_SECONDS:-120 600 1800}"

job=${1:?usage: retrain.sh JOB.yaml [YYYY-MM-DD]}
date=${2:-$(date -u +%F)}

attempt=0
while true; do
  code=0
  "$FIRESTEEL_HOME/scripts/firesteel" retrain "$job" --date "$date" || code=$?
  case $code in
    3 | 6) ;;                                      # late data, a held lease
    4) ((attempt == 0)) || exit "$code" ;;         # once more, for what had a passing cause
    *) exit "$code" ;;
  esac
  ((attempt < ${#WAITS[@]})) || exit "$code"
  sleep "${WAITS[attempt]}"
  attempt=$((attempt + 1))
done
