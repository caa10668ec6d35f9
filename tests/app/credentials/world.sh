#!/bin/sh
# world.sh WORLD PROGRAM TEST...
# Runs each TEST of PROGRAM in a process of its own, all in one WORLD with a throw-away home:
#   keyring  a private bus with an unlocked gnome-keyring        none     a private bus without a secret service
#   kde      like none, in a KDE session                         no-lib   like keyring, libsecret cannot be loaded
#   no-bus   no bus and no display                               dead-bus the address of a bus that is gone
#   no-glib  like keyring, Qt runs without GLib's event loop
#   kwallet, keepassxc    on a screen, with that one, open     kwallet-asking, keepassxc-asking    which asks
# Fails when a test fails, and when any file then holds the key that the tests save.
set -eu

if [ "$1" = inside ]; then
    shift
    if [ "$1" = keyring ]; then
        printf test | gnome-keyring-daemon --daemonize --unlock --components=secrets >/dev/null
    fi
    shift
    program=$1
    shift
    for test in "$@"; do "$program" tst_keychainstore "$test" || exit 1; done
    exit 0
fi

world=$1
shift
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
mkdir -m 700 "$here/home" "$here/run" "$here/lib" "$here/config"
export HOME="$here/home" XDG_RUNTIME_DIR="$here/run"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
unset XDG_CURRENT_DESKTOP DESKTOP_SESSION KDE_FULL_SESSION KDE_SESSION_VERSION GNOME_DESKTOP_SESSION_ID

# The session bus of the system, but for the services that it would start by itself.
bare="$here/config/bus.conf"
cat >"$bare" <<'XML'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
XML

case $world in
keyring) dbus-run-session -- "$0" inside keyring "$@" ;;
no-glib) dbus-run-session -- env QT_NO_GLIB=1 "$0" inside keyring "$@" ;;
no-lib)
    : >"$here/lib/libsecret-1.so.0" # found first, and no library
    dbus-run-session --config-file="$bare" -- env LD_LIBRARY_PATH="$here/lib" "$0" inside keyring "$@"
    ;;
none) dbus-run-session --config-file="$bare" -- "$0" inside none "$@" ;;
kde)
    export XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=5
    dbus-run-session --config-file="$bare" -- "$0" inside kde "$@"
    ;;
no-bus) "$0" inside none "$@" ;;
kwallet* | keepassxc*)
    keeper=${world%-asking}
    asking=
    [ "$keeper" = "$world" ] || asking=--asking
    folder=$(dirname "$(readlink -f "$0")")
    desktop=
    [ "$keeper" != kwallet ] || desktop="XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=5"
    # shellcheck disable=SC2086  # words apart
    "$folder/../../support/desktop.sh" --no-keyring env STOPDESK_KEEPER="$keeper" $desktop \
        "${DEBIAN_PYTHON:-/usr/bin/python3}" -B "$folder/keeper.py" "$keeper" $asking "$0" inside none "$@"
    ;;
dead-bus) DBUS_SESSION_BUS_ADDRESS="unix:path=$here/run/gone" "$0" inside none "$@" ;;
*) echo "world.sh: no such world: $world" >&2; exit 2 ;;
esac

# In clear, as base64 (what the keyring is given), and as hex.
if grep -rlai -e 'canary-5b1f' -e 'Y2FuYXJ5LTViMW' -e '63616e6172792d35623166' "$here"; then
    echo "FAIL!  : the key is in the files named above" >&2
    exit 1
fi
