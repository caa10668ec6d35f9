#!/usr/bin/env bash
# Runs the README's two commands on fresh Debian releases as a newcomer would: a user without a display, from a clone.
#
#   packaging/matrix.sh [debian12|debian13|sid|all] [--quick]
#
# --quick runs the rooms' fast tests alone (tests/run.sh --quick). What is committed is tried, nothing else. Everything
# happens in a mount and process namespace of its own, so that neither a mount nor a process outlives this script,
# however it ends; its folder goes a moment later. Needs root; where that or a namespace is missing, it says so and
# passes. Logs and pictures: build/matrix/RELEASE/. The exit status tells whether anything failed.
#
# Kept between runs in $XDG_CACHE_HOME/stopdesk-matrix: for each release a system with the packages (made anew when the
# list of packages or the week changes), their .debs, ccache, npm's cache. Delete the folder whenever you like.
set -euo pipefail

self=$(readlink -f "${BASH_SOURCE[0]}")
root=$(dirname "$(dirname "$self")")
# shellcheck source=packaging/packages.sh
. "$root/packaging/packages.sh"

declare -A suites=([debian12]=bookworm [debian13]=trixie [sid]=sid)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/stopdesk-matrix
step_limit=90m # for each of the two commands

# ---- inside the namespace ----

# Name resolution, certificates and whatever files the proxies' settings name are those of the outside.
carry_outside()
{
    local system=$1 file
    for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt "${carried_files[@]}"; do
        [[ ! -f $file ]] || install -D -m 644 "$file" "$system$file"
    done
}

mount_kernel()
{
    local system=$1 device
    mount -t proc proc "$system/proc"
    mount -t sysfs -o ro sysfs "$system/sys"
    mount -t tmpfs -o mode=755 dev "$system/dev"
    for device in null zero full random urandom tty; do
        : >"$system/dev/$device"
        mount --bind "/dev/$device" "$system/dev/$device"
    done
    mkdir -m 1777 "$system/dev/shm"
    mkdir "$system/dev/pts"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$system/dev/pts"
    ln -s pts/ptmx "$system/dev/ptmx"
    ln -s /proc/self/fd "$system/dev/fd"
}

# inside_system SYSTEM USER COMMAND...
inside_system()
{
    local system=$1 user=$2
    shift 2
    chroot --userspec="$user" "$system" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin \
        LC_ALL=C.UTF-8 "${carried_environment[@]}" "$@"
}

mount_overlay()
{
    local lower=$1 upper=$2 point=$3
    mkdir -p "$upper" "$upper.work" "$point"
    mount -t overlay -o "lowerdir=$lower,upperdir=$upper,workdir=$upper.work" overlay "$point"
}

# install_sets SYSTEM SET...: with the same script as a newcomer's.
install_sets()
{
    local system=$1
    shift
    mkdir -p "$cache/debs-$release/partial"
    mount --bind "$cache/debs-$release" "$system/var/cache/apt/archives"
    mount_kernel "$system"
    carry_outside "$system"
    cp "$root/packaging/packages.sh" "$system/run/"
    inside_system "$system" root HOME=/root bash /run/packages.sh "$@"
    rm "$system/run/packages.sh"
    inside_system "$system" root apt-get -q autoclean
    carry_outside "$system" # a package may have written certificates of its own
}

make_base()
{
    local system=$1 suite=${suites[$release]} mirror
    # The mirror that this machine uses is the one that can be reached from it; else mmdebstrap knows Debian's own.
    # shellcheck disable=SC2016  # apt's own variable
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' |
        head -n 1)
    apt-config dump Acquire | grep -E '^Acquire::(https?|Retries)\b.*"[^"]+";' | grep -vi 'auto-\?detect' \
        >"$run/outside.conf" || true
    # A mirror may lag behind, sid's lists are valid for a week; they are signed all the same.
    echo 'Acquire::Check-Valid-Until "false";' >>"$run/outside.conf"
    mkdir -p "$system"
    mmdebstrap --mode=root --variant=minbase --format=directory --aptopt="$run/outside.conf" \
        "$suite" "$system" ${mirror:+"$mirror"}
    echo force-unsafe-io >"$system/etc/dpkg/dpkg.cfg.d/no-sync"
    inside_system "$system" root useradd --create-home --uid 1000 --shell /bin/bash newcomer
}

# make_layer LAYER LOWER: leaves it in $run/layer.
make_layer()
{
    local system=$run/point
    if [[ $1 == try ]]; then
        make_base "$run/layer"
        install_sets "$run/layer" build screen
    else
        mount_overlay "$2" "$run/layer" "$system"
        install_sets "$system" "$1"
    fi
}

# run_step LAYERS COMMAND
run_step()
{
    local layers=$1 command=$2 point=$run/point home=/home/newcomer
    rm -rf "$run/upper" "$run/upper.work"
    mount_overlay "$layers" "$run/upper" "$point"
    mount_kernel "$point"
    carry_outside "$point"
    mount --bind "$run/home" "$point$home"
    mkdir -p "$point/var/cache/kept"
    mount --bind "$cache/kept" "$point/var/cache/kept"
    inside_system "$point" newcomer "HOME=$home" USER=newcomer LOGNAME=newcomer \
        CCACHE_DIR=/var/cache/kept/ccache CCACHE_COMPILERCHECK=content npm_config_cache=/var/cache/kept/npm \
        timeout --kill-after=10 "$step_limit" bash -c "cd ~/stopdesk && exec $command"
}

# ---- outside ----

usage()
{
    echo "usage: $0 [debian12|debian13|sid|all] [--quick]" >&2
    exit 2
}

pass_without()
{
    echo "matrix.sh: nothing was tried: $1"
    exit 0
}

# in_namespace FUNCTION ARGUMENT...: dies with this script, whatever ends it, and takes all its processes along.
in_namespace()
{
    setpriv --pdeathsig KILL unshare --mount --propagation private --ipc --uts --pid --fork --kill-child --mount-proc \
        "$BASH" "$run/packaging/matrix.sh" --inside "$run" "$release" "$@" &
    child=$!
    local status=0
    wait "$child" || status=$?
    child=
    return "$status"
}

remove_run()
{
    local tries
    for ((tries = 0; tries < 50; tries++)); do
        rm -rf --one-file-system "$run" 2>/dev/null && break
        sleep 0.2 # the namespace is still on its way out
    done
}

clean_up()
{
    local status=$?
    trap '' INT TERM HUP
    if [[ -n $child ]]; then
        kill -KILL "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    remove_run
    exit "$status"
}

# No trap runs when this script is killed outright: then this one removes its folder.
start_janitor()
{
    (
        (
            trap '' INT TERM HUP
            tail --pid=$$ -f /dev/null
            remove_run
        ) </dev/null >/dev/null 2>&1 &
    )
}

# Tries what the steps will need, once and on the file system where they will need it.
namespaces_work()
{
    local probe=$run/probe
    mkdir -p "$probe/lower"
    # shellcheck disable=SC2016  # for the inner shell
    unshare --mount --propagation private --ipc --uts --pid --fork --kill-child --mount-proc sh -c '
        mkdir "$0/upper" "$0/work" "$0/point" &&
        mount -t overlay -o "lowerdir=$0/lower,upperdir=$0/upper,workdir=$0/work" overlay "$0/point" &&
        mknod "$0/point/null" c 1 3 && chown 1000:42 "$0/point/null" &&
        mount -t tmpfs tmpfs "$0/point" && chroot / true' "$probe" 2>/dev/null
}

remove_unused()
{
    local folder lock
    for folder in "$@"; do
        [[ -d $folder ]] || continue
        exec {lock}<"$folder"
        ! flock -n "$lock" || rm -rf --one-file-system "$folder"
        exec {lock}<&-
    done
}

# What Node, npm, OpenSSL and curl read of this machine's way to the registries: settings that name no secret.
collect_environment()
{
    carried_environment=() carried_files=()
    local name value
    for name in {http,https,all,no}_proxy {HTTP,HTTPS,ALL,NO}_PROXY NODE_EXTRA_CA_CERTS SSL_CERT_FILE; do
        [[ -z ${!name:-} ]] || carried_environment+=("$name=${!name}")
        [[ ! -f ${!name:-} ]] || carried_files+=("${!name}")
    done
    if command -v npm >/dev/null; then
        for name in registry cafile proxy https-proxy noproxy; do
            value=$(cd / && npm config get "$name" 2>/dev/null) || continue
            [[ -n $value && $value != null && $value != undefined ]] || continue
            carried_environment+=("npm_config_${name//-/_}=$value")
            [[ ! -f $value ]] || carried_files+=("$value")
        done
    fi
    mapfile -t -O "${#carried_files[@]}" carried_files < <(
        apt-config dump Acquire::https | sed -n 's/^.*::CaInfo "\(.*\)";$/\1/p')
    declare -p carried_environment carried_files >"$run/outside.sh"
}

minutes() { printf '%d.%d' $(($1 / 60)) $(($1 % 60 / 6)); }

# need_layers LAYER...: sets $system, with a folder for each, and $lowers, all of them as overlays want them; makes what
# this week lacks. Each layer has what a command of the README installs upon those before it: a package that only the
# tests name is never there for the build of a newcomer.
need_layers()
{
    local key lock layer
    key=$(
        { date +%G-%V; declare -p {build,screen,test,contract}_packages; declare -f make_{base,layer} install_sets wanted_of; } |
            sha256sum | cut -c 1-12
    )
    system=$cache/$release-$key
    exec {lock}>"$cache/$release.lock"
    flock "$lock" # another run may be making it
    mkdir -p "$system"
    exec {system_lock}<"$system"
    flock -s "$system_lock"
    remove_unused "$cache/$release"-*
    lowers=
    for layer in "$@"; do
        if [[ ! -d $system/$layer ]]; then
            local began=$SECONDS
            echo "$release: installing the packages of $layer…"
            rm -rf "$run/layer" "$run/layer.work"
            if ! in_namespace make_layer "$layer" "$lowers" &>"$logs/packages-$layer.log"; then
                show_failure "$logs/packages-$layer.log"
                exec {lock}>&-
                return 1
            fi
            mv "$run/layer" "$system/$layer"
            echo "$release: installed after $(minutes $((SECONDS - began))) min"
        fi
        lowers=$system/$layer${lowers:+:$lowers}
    done
    exec {lock}>&-
}

clone_inside()
{
    rm -rf "${run:?}/home"
    mkdir -p "$run/home"
    install -d -o 1000 -g 1000 "$cache/kept"
    # The clone may be someone else's than root's, which git minds.
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' \
        git clone --quiet --no-hardlinks "$root" "$run/home/stopdesk"
    chown -R 1000:1000 "$run/home"
}

# What made a build or a test fail, so that this output is enough to know.
show_failure()
{
    echo "---- $1"
    grep -nE -A4 '(^|[^a-z_])(error|Error): |^FAIL!|^E: |CMake Error|\(Failed\)|\(Timeout\)|\*\*\*' "$1" |
        cut -c -300 | head -n 100 || true
    echo "---- its end"
    tail -n 25 "$1" | cut -c -300
    echo "----"
}

# The tests that ctest lists as failed, else the command.
names_of_failed()
{
    local names
    names=$(sed -n '/The following tests FAILED/,$ s/^[[:space:]]*[0-9]* - \([^ ]*\) (.*/\1/p' "$1" | paste -sd ' ')
    echo "${names:-$2}"
}

# try_command NAME LAYERS COMMAND: sets took, adds to failed.
try_command()
{
    local name=$1 began=$SECONDS verdict=passed
    echo "$release: $3…"
    if ! in_namespace run_step "$2" "$3" &>"$logs/$name.log"; then
        verdict=FAILED
        show_failure "$logs/$name.log"
        failed+="${failed:+ }$(names_of_failed "$logs/$name.log" "${3%% *}")"
    fi
    took=$(minutes $((SECONDS - began)))
    echo "$release: $3 $verdict after $took min. $(grep -E 'tests? passed, .* out of' "$logs/$name.log" | tail -n 1)"
}

# Leads to one line of the table.
try_release()
{
    local failed='' try=- tests=- qt=- took
    logs=$root/build/matrix/$release
    mkdir -p "$logs"
    local logs_lock system_lock
    exec {logs_lock}<"$logs"
    flock "$logs_lock" # two runs of one clone take turns
    rm -rf "${logs:?}"/*
    if ! need_layers "${layers[@]}"; then
        failed="installing its packages"
    else
        qt=$(dpkg-query --admindir="$system/try/var/lib/dpkg" -W -f '${source:Upstream-Version}' qt6-base-dev)
        clone_inside
        try_command try "$system/try" packaging/try.sh
        try=$took
        try_command tests "$lowers" "tests/run.sh$quick"
        tests=$took
        (cd "$run/home/stopdesk/build" && cp -r --parents {release,test}/logs release/screenshots \
            test/Testing/Temporary/LastTest.log "$logs/") 2>/dev/null || true
        exec {system_lock}<&-
    fi
    exec {logs_lock}<&-
    [[ -z $failed ]] || status=1
    table+=$(printf '%-10s %-7s %7s %8s   %s' "$release" "${qt%%+*}" "$try" "$tests" "${failed:-nothing}")$'\n'
}

if [[ ${1:-} == --inside ]]; then
    run=$2 release=$3
    # shellcheck source=/dev/null
    . "$run/outside.sh"
    case $4 in
        make_layer) make_layer "$5" "$6" ;;
        run_step) run_step "$5" "$6" ;;
    esac
    exit
fi

releases=(debian12 debian13 sid)
layers=(try test contract)
quick=
while (($#)); do
    case $1 in
        debian12 | debian13 | sid) releases=("$1") ;;
        all) ;;
        --quick) quick=" --quick"; layers=(try test) ;;
        *) usage ;;
    esac
    shift
done
exec </dev/null

((EUID == 0)) || pass_without "making a Debian release in a folder needs root."
[[ -e $root/.git ]] || pass_without "this is not a clone, and what is committed is what would be tried."
need_packages matrix
command -v mmdebstrap >/dev/null || pass_without "there is no mmdebstrap."
child=
mkdir -p "$cache"
exec {start_lock}>"$cache/start.lock"
flock "$start_lock" # so that nobody removes the folder before it is held
remove_unused "$cache"/run.*
run=$(mktemp -d "$cache/run.XXXXXX")
exec {run_lock}<"$run"
flock "$run_lock" # the janitor and every child share it
exec {start_lock}>&-
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
start_janitor
namespaces_work || pass_without "no namespaces, devices or overlays are permitted in $cache."
mkdir "$run/packaging" # what runs inside stays as it is now, whatever becomes of the clone meanwhile
cp "$root"/packaging/{matrix,packages}.sh "$run/packaging/"
collect_environment
[[ -z $(git -c safe.directory='*' -C "$root" status --porcelain) ]] ||
    echo "What is not committed in $root is not tried."

status=0
table=
for release in "${releases[@]}"; do
    try_release
done
table="$(printf '%-10s %-7s %7s %8s   %s' release Qt 'try min' 'test min' failed)"$'\n'$table
printf '\n%s' "$table" | tee "$root/build/matrix/table.txt"
((status == 0))
