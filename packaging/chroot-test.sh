#!/usr/bin/env bash
# By hand, as root: does the package install and start on a Debian 12 that has nothing else?
#
#   packaging/chroot-test.sh build/deb/package/stopdesk_0.1.0_amd64.deb [FOLDER]
#
# Makes a minimal system in FOLDER (a temporary one unless given; a given one is kept and used again), installs the
# package with apt, starts the program and says what it cost. Needs debootstrap.
# shellcheck disable=SC2016  # what is quoted is for the other side
set -euo pipefail

deb=$(readlink -f "${1:?usage: $0 DEB [FOLDER]}")
keep=${2:-}
((EUID == 0)) || { echo "chroot and mount need root." >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "Please install debootstrap." >&2; exit 1; }

system=${keep:-$(mktemp -d /tmp/stopdesk-chroot.XXXXXX)}
mkdir -p "$system"
system=$(readlink -f "$system")

clean_up()
{
    local status=$?
    local point
    for point in dev proc; do
        if mountpoint -q "$system/$point"; then
            umount "$system/$point" || umount -l "$system/$point"
        fi
    done
    # Never through a mount that would not go.
    if [[ -z $keep ]]; then
        rm -rf --one-file-system "$system"
    fi
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

inside() { chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
apt_get() { inside apt-get -q -o APT::Sandbox::User=root -o Dpkg::Use-Pty=0 "$@" >/dev/null; }
size() { (cd "$system" && du -sxm --exclude=./var/cache --exclude=./var/lib/apt . | cut -f1); }
packages() { inside dpkg-query -W -f '${Package}\n' | wc -l; }
start=0
tick() { start=$(date +%s%N); }
took() { echo "$((($(date +%s%N) - start) / 100000000))" | sed 's/\(.\)$/.\1 s/; s/^\./0./'; }

if [[ ! -x $system/usr/bin/dpkg ]]; then
    # The mirror that this machine uses is the one that can be reached from it.
    mirror=$(LC_ALL=C apt-cache policy base-files | awk '/https?:/ { print $2; exit }')
    [[ -n $mirror ]] || { echo "apt knows no mirror: run apt-get update." >&2; exit 1; }
    tick
    debootstrap --variant=minbase bookworm "$system" "$mirror" >"$system.log" 2>&1 || { tail "$system.log" >&2; exit 1; }
    rm -f "$system.log"
    echo "minimal system: $(took), $(size) MB, $(packages) packages"
fi
# How apt reaches the mirror from here (proxy, certificate) holds inside too.
cp /etc/resolv.conf "$system/etc/resolv.conf" 2>/dev/null || true
mount -t proc proc "$system/proc"
mount --bind /dev "$system/dev"

before=$(size)
before_packages=$(packages)
apt_get update
cp "$deb" "$system/stopdesk.deb"
tick
apt_get install -y --no-install-recommends /stopdesk.deb
echo "apt install: $(took), package $(($(stat -c %s "$deb") / 1024)) KB," \
    "$(($(packages) - before_packages)) packages, $(($(size) - before)) MB"
inside stopdesk --version

apt_get install -y --no-install-recommends xvfb xauth xdotool dbus-daemon fonts-dejavu-core
# A window of ours must be there within 10 s, and no library or plugin may be missing.
inside dbus-run-session -- xvfb-run -a sh -c '
    stopdesk --demo >/tmp/log 2>&1 & pid=$!
    for i in $(seq 100); do
        if xdotool search --onlyvisible --class stopdesk >/dev/null 2>&1; then
            sleep 2; kill $pid && echo "window: within $i x 0.1 s"; cat /tmp/log; exit 0
        fi
        sleep 0.1
    done
    echo "no window within 10 s"; cat /tmp/log; kill $pid; exit 1'

apt_get purge -y stopdesk
left=$(inside find /usr /etc -iname '*stopdesk*')
[[ -z $left ]] || { echo "left behind: $left"; exit 1; }
echo "removed, nothing left behind"
