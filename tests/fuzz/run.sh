#!/usr/bin/env bash
# Builds the fuzz targets (preset "fuzz") and runs each for so many seconds, two at a time. Says for each how many runs
# there were, what they covered (edges, features) and what was found. What is found stays in build/fuzz/found.
#
#   tests/fuzz/run.sh SECONDS [TARGET...]     a target: errors, readers, ids, addresses, retryafter
set -euo pipefail

seconds=${1:?usage: $0 SECONDS [TARGET...]}
shift
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
targets=("$@")
((${#targets[@]})) || targets=(errors readers ids addresses retryafter)

export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=1
cmake --preset fuzz >build/fuzz-configure.log
cmake --build --preset fuzz

work=$root/build/fuzz/work
mkdir -p "$work"

seeds_of()
{
    case $1 in
        errors) find tests/fixtures/errors -type f ! -name '*.rows' ;;
        readers) find tests/fixtures -maxdepth 1 -type f ;;
        *) find "tests/fuzz/seeds/$1" -type f ;;
    esac
}

fuzz()
{
    local name=$1 seeds=$work/$1.seeds
    rm -rf "$seeds"
    mkdir -p "$seeds" "$work/$name.corpus" build/fuzz/found
    seeds_of "$name" | xargs cp -t "$seeds"
    LC_ALL=C.UTF-8 TZ=UTC "build/fuzz/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -max_len=4096 -timeout=10 \
        -rss_limit_mb=1500 -dict=tests/fuzz/words.dict -artifact_prefix="build/fuzz/found/$name-" \
        -print_final_stats=1 "$work/$name.corpus" "$seeds" >"$work/$name.log" 2>&1
}

# One line of what libFuzzer says at its end.
summary()
{
    local name=$1 log=$work/$1.log
    local runs reached
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    reached=$(grep -o 'cov: [0-9]* ft: [0-9]*' "$log" | tail -n 1 || true)
    printf '%-10s %10s runs, %s\n' "$name" "${runs:-no}" "${reached:-nothing reached}"
}

failed=()
for ((i = 0; i < ${#targets[@]}; i += 2)); do
    pids=() names=("${targets[@]:i:2}")
    for name in "${names[@]}"; do
        fuzz "$name" &
        pids+=($!)
    done
    for ((j = 0; j < ${#names[@]}; ++j)); do
        wait "${pids[j]}" || failed+=("${names[j]}")
        summary "${names[j]}"
    done
done

for name in "${failed[@]}"; do
    echo "--- $name ended early:"
    tail -n 60 "$work/$name.log"
done
((${#failed[@]} == 0))
