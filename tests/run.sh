#!/usr/bin/env bash
# Installs what is missing, builds everything and runs the tests, on a desktop of its own.
#
#   tests/run.sh [--quick|--long|--sanitized|--repeat N]
#
# --quick: only the rooms' fast tests, without whole programs, other servers and fuzzing
# --long: also the tests that take long (label "long"), and then --sanitized
# --sanitized: built with the sanitizers of addresses and of undefined behaviour, into build/asan; whatever they find
#   ends a test. Without fuzzing, which has its own, and what looks at the files as they are shipped
# --repeat N: all of it N times; what failed and how often is told at the end
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=packaging/packages.sh
. "$root/packaging/packages.sh"
# shellcheck source=packaging/progress.sh
. "$root/packaging/progress.sh"

times=1
preset=test
packages=(build test contract)
selection=(-LE '^long$')
case ${1:-} in
    "") ;;
    --quick) packages=(build test); selection+=(-E '^(endtoend|contract|fuzz)') ;;
    --long) packages+=(long); selection=() ;;
    # hugeanswers measures memory, of which a sanitizer takes several times as much.
    --sanitized) preset=asan; selection+=(-E '^(fuzz|packaging/|app/session/hugeanswers)') ;;
    --repeat) times=${2:?how often} ;;
    *) echo "usage: $0 [--quick|--long|--sanitized|--repeat N]" >&2; exit 2 ;;
esac

cd "$root"
exec </dev/null
build=build/$preset
# In CI a warning ends the build; a newer compiler than ours must not end anybody else's.
werror=OFF
[[ ${CI:-} != true ]] || werror=ON
export CI=true

need_packages "${packages[@]}"

export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=1
logs=$build/logs
show_progress "Looking at this system" "$logs/configure.log" cmake --preset "$preset" -DSTOPDESK_WERROR=$werror
show_progress "Building the program and its tests" "$logs/build.log" cmake --build --preset "$preset"
# Here rather than inside its test, so that a registry that is slow or away says so at once.
[[ ${1:-} == --quick ]] || tests/contract/prism.sh "$build/prism"

# What Qt, GLib and fontconfig keep until the end of a program is no fault of ours, and would need a list of exceptions.
# A crash is the test's to see, and what is loaded first (a clock, a poor disk) is meant to be.
if [[ $preset == asan ]]; then
    export ASAN_OPTIONS=detect_leaks=0:handle_segv=0:verify_asan_link_order=0
    export UBSAN_OPTIONS=print_stacktrace=1:handle_segv=0
fi

log=$build/ctest.log
status=0
: >"$log"
for ((; times > 0; times--)); do
    tests/support/desktop.sh ctest --test-dir "$build" -j2 --output-on-failure --no-tests=error "${selection[@]}" |
        tee -a "$log" || status=$?
done
sed -nE 's/^[[:space:]]*[0-9]+ - ([^ ]+) \((Failed|Timeout).*/\1/p' "$log" | sort | uniq -c
# Once more as the last line, after the lists of labels and failures.
grep -E 'tests? passed, .* out of' "$log" || true
[[ ${1:-} != --long ]] || tests/run.sh --sanitized || status=$?
exit "$status"
