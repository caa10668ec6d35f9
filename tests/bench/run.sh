#!/usr/bin/env bash
# Builds the benchmarks optimized and runs them, one after another.
#
#   tests/bench/run.sh [NAME...]     without names: all
#
# Leaves a table on the standard output and NAME.json for each in build/bench/results.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=packaging/packages.sh
. "$root/packaging/packages.sh"
cd "$root"
need_packages build test

export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=1
cmake --preset bench >/dev/null
names=("$@")
if [[ ${#names[@]} -eq 0 ]]; then
    for source in tests/bench/*.cpp; do
        name=$(basename "$source" .cpp)
        [[ $name == report || $name == batchservice ]] || names+=("$name")
    done
fi
cmake --build --preset bench --target "${names[@]/#/bench_}"

results=$root/build/bench/results
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p "$results"
for name in "${names[@]}"; do
    STOPDESK_BENCH_RESULTS=$results QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=UTC \
        HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache \
        "build/bench/tests/bench/bench_$name"
done
