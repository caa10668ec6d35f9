#!/usr/bin/env bash
# How long steps show that they go on: one line that is written over on a terminal, and only its last state elsewhere.
#
#   . packaging/progress.sh; show_progress "Building" build/release/build.log cmake --build --preset release

# show_progress WHAT LOG COMMAND...: what the command prints goes to the log; of ninja's "[12/48]" the line says how far
# it is. Where the command fails, the log's end follows, and its status is the command's.
show_progress()
{
    local what=$1 log=$2 began=$SECONDS status=0 line='' at=''
    shift 2
    mkdir -p "$(dirname "$log")"
    : >"$log"
    "$@" </dev/null >"$log" 2>&1 &
    local command=$!
    while kill -0 "$command" 2>/dev/null; do
        sleep 0.5
        at=$(grep -oE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 1 || true)
        line="$what ${at:+${at//[][]/} }$(elapsed $((SECONDS - began)))"
        [[ ! -t 1 ]] || printf '\r\033[K%s' "${line/\// of }"
    done
    wait "$command" || status=$?
    [[ ! -t 1 ]] || printf '\r\033[K'
    if ((status != 0)); then
        echo "$what: failed. All of what it said is in $log; its errors and its end:" >&2
        { grep -E -A3 'error:|Error ' "$log" | head -n 60; tail -n 20 "$log"; } >&2 || true
        return "$status"
    fi
    echo "$what: done in $(elapsed $((SECONDS - began)))."
}

elapsed() { printf '%d:%02d min' $(($1 / 60)) $(($1 % 60)); }
