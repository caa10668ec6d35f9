#!/usr/bin/env bash
# The one list of Debian and Ubuntu packages, and the one way to install them.
#
#   packaging/packages.sh build screen test     install what is missing of these sets
#   . packaging/packages.sh; need_packages build
#
# Root is asked for only when something is missing, and only for apt.
# shellcheck disable=SC2034  # the lists are read by name

build_packages=(
    g++ cmake ninja-build ccache
    qt6-base-dev qt6-svg-dev qtkeychain-qt6-dev libexpected-dev
    libssl-dev # what Qt encrypts with, for PKCS#7
    libboost-dev # headers alone, for the demo: Beast's reader of requests
    # Found at run time only: the database driver, the keychain's library, a font.
    libqt6sql6-sqlite libsecret-1-0 qt6-qpa-plugins fonts-dejavu-core
)
# A desktop where there is none: display, window manager, session bus, keychain, input, pictures.
screen_packages=(
    xvfb openbox x11-utils xdotool imagemagick
    dbus-daemon gnome-keyring libglib2.0-bin procps
    at-spi2-core python3-minimal python3-pyatspi
)
test_packages=(
    "${screen_packages[@]}"
    git openssl libsecret-tools librapidcheck-dev
    python3-fastapi python3-uvicorn python3-httpx
    desktop-file-utils appstream
    clang libclang-rt-dev # libFuzzer
    libfaketime # somebody sets the clock
    curl # runs the line that is copied
    python3-dbusmock # logind and screen savers lock the desktop
    strace # which addresses the program turns to
)
# For tests/run.sh --long alone: where there is systemd, squid is started as a service when it is installed.
long_packages=(
    squid
    keepassxc libkf5wallet-bin libqca-qt5-2-plugins # the other keychains; the last is what the wallet encrypts with
)
# Prism, the contract's referee, comes through npm; any npm will do.
contract_packages=(nodejs npm)
deb_packages=(dpkg-dev fakeroot file gzip)
matrix_packages=(mmdebstrap debian-archive-keyring util-linux git)

oldest_qt=6.4

# Prints those of the given packages that are not installed.
missing_packages()
{
    local installed
    # dpkg-query fails as soon as one name is unknown to it, which is an answer here.
    installed=" $(dpkg-query -W -f '${db:Status-Status}=${Package} ' "$@" 2>/dev/null || true)"
    local package
    for package in "$@"; do
        [[ $installed == *" installed=$package "* ]] || echo "$package"
    done
}

# wanted_of SET...: prints the packages of the sets; npm, where there is another than Debian's, is not among them.
wanted_of()
{
    local set
    for set in "$@"; do
        [[ $set != contract ]] || ! command -v npm >/dev/null || continue
        local -n list="${set}_packages"
        printf '%s\n' "${list[@]}"
        # Qt's reader of SVG pictures: a package of its own since Debian 13, in libqt6svg6 before.
        [[ $set != build ]] || ! apt-cache show qt6-svg-plugins >/dev/null 2>&1 || echo qt6-svg-plugins
    done
}

# need_packages SET...: installs what is missing of the sets; says and asks nothing when nothing is.
need_packages()
{
    local wanted
    mapfile -t wanted < <(wanted_of "$@")

    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "This is no Debian or Ubuntu. Please see to the like of: ${wanted[*]}" >&2
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages "${wanted[@]}" | sort -u)
    if ((${#missing[@]} == 0)); then
        return 0
    fi

    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing, and there is neither root nor sudo to install them:" >&2
            echo "  ${missing[*]}" >&2
            echo "As root: apt-get install --no-install-recommends ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
        echo "sudo is asked for this alone:" >&2
    fi
    echo "Installing with apt: ${missing[*]}" >&2
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update >&2 || return 1
    check_qt_candidate || return 1
    # Only now apt surely knows what there is.
    mapfile -t wanted < <(wanted_of "$@")
    mapfile -t missing < <(missing_packages "${wanted[@]}" | sort -u)
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2
}

# An older release has packages of the same names that can't build this: say so before installing them.
check_qt_candidate()
{
    local candidate
    candidate=$(LC_ALL=C apt-cache policy qt6-base-dev | awk '$1 == "Candidate:" { print $2 }')
    if [[ -z $candidate || $candidate == "(none)" ]] || dpkg --compare-versions "$candidate" lt "$oldest_qt"; then
        echo "Stopdesk needs Qt $oldest_qt or later; apt offers ${candidate:-none} here." >&2
        echo "Debian 12, Ubuntu 24.04 and later have it." >&2
        return 1
    fi
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
    set -euo pipefail
    for set in "$@"; do
        case $set in
            build | screen | test | long | contract | deb | matrix) ;;
            *) echo "usage: $0 build|screen|test|long|contract|deb|matrix..." >&2; exit 2 ;;
        esac
    done
    need_packages "$@"
fi
