#!/usr/bin/env bash
# Builds Stopdesk and starts its demo. Where there is no display, or with --screenshots, the main job is done on a
# virtual one by real mouse and key events, and pictures of each step are left in build/release/screenshots.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=packaging/packages.sh
. "$root/packaging/packages.sh"
# shellcheck source=packaging/progress.sh
. "$root/packaging/progress.sh"

pictures=no
case ${1:-} in
    "") ;;
    --screenshots) pictures=yes ;;
    *) echo "usage: $0 [--screenshots]" >&2; exit 2 ;;
esac
if [[ -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then
    pictures=yes
fi

sets=(build)
then="starts the demo in a window"
if [[ $pictures == yes ]]; then
    sets+=(screen)
    then="does the main job on a virtual screen and leaves pictures of it"
fi
mapfile -t wanted < <(wanted_of "${sets[@]}")
mapfile -t missing < <(missing_packages "${wanted[@]}")
cat <<EOT
This installs ${#missing[@]} missing packages, builds Stopdesk into build/release and $then.
With nothing built before, the build took 3 min 20 s on two processors; later it takes seconds.
EOT
need_packages "${sets[@]}"

# Lets another clone of the same code use what ccache has.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=1
cd "$root"
logs=build/release/logs
show_progress "Looking at this system" "$logs/configure.log" cmake --preset release
show_progress "Building" "$logs/build.log" cmake --build --preset release

program=$root/build/release/app/stopdesk
if [[ $pictures == no ]]; then
    exec "$program" --demo
fi
# Debian's own Python: another one on the PATH sees none of Debian's modules.
python=$(dpkg -L python3-minimal | grep -m1 'bin/python3$')
exec tests/support/desktop.sh "$python" -B tests/endtoend/mainjob.py --shots build/release/screenshots \
    "$program" --demo
