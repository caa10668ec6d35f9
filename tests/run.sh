#!/usr/bin/env bash
# Installs what is missing, builds everything and runs the tests, on a desktop of its own.
#
#   tests/run.sh [--long]     --long: also the tests that take long (label "long")
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=packaging/packages.sh
. "$root/packaging/packages.sh"

labels=(-LE '^long$')
case ${1:-} in
    "") ;;
    --long) labels=() ;;
    *) echo "usage: $0 [--long]" >&2; exit 2 ;;
esac

cd "$root"
export CI=true
exec </dev/null
build=build/dev

need_packages build test

export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=1
cmake --preset dev
cmake --build --preset dev
# Here rather than inside its test, so that a registry that is slow or away says so at once.
tests/contract/prism.sh "$build/prism"

log=$build/ctest.log
status=0
tests/support/desktop.sh ctest --test-dir "$build" -j2 --output-on-failure --no-tests=error "${labels[@]}" |
    tee "$log" || status=$?
# Once more as the last line, after the lists of labels and failures.
grep -E 'tests? passed, .* out of' "$log" || true
exit "$status"
