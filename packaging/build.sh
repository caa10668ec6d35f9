#!/usr/bin/env bash
# Makes a package of the sources as they are.
#
#   packaging/build.sh deb      build/deb/package/stopdesk_VERSION_ARCHITECTURE.deb
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=packaging/packages.sh
. "$root/packaging/packages.sh"

if [[ $# -ne 1 || $1 != deb ]]; then
    echo "usage: $0 deb" >&2
    exit 2
fi

need_packages build deb
cd "$root"

# Two builds of one commit, in a folder of the same name, give the same bytes.
if ! SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null)}; then
    SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -l packaging/changelog -S Timestamp)
fi
export SOURCE_DATE_EPOCH CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=1

# What Debian wants of the compiler beside this comes from the preset and from packaging/hardening.cmake.
cmake --preset release -B build/deb -DCMAKE_INSTALL_PREFIX=/usr "-DCMAKE_CXX_FLAGS=-ffile-prefix-map=$root=. -Wdate-time"
cmake --build build/deb
# Files in a package belong to root and can be read by all, whatever the builder's mask.
umask 022
cpack --config build/deb/CPackConfig.cmake -B build/deb/package >build/deb/cpack.log || {
    cat build/deb/cpack.log >&2
    exit 1
}
ls -l build/deb/package/*.deb
