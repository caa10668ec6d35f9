#!/usr/bin/env bash
# Runs a command on a desktop of its own: a virtual screen with a window manager, a private session bus, an unlocked
# keychain, a home folder that is thrown away. Nothing of the person's own session is seen or touched, and nothing
# stays behind, whether the command ends, fails or is killed.
#
#   desktop.sh [--no-keyring] [--screen 1280x800] COMMAND [ARGUMENT...]
#
# The exit status is the command's. With --no-keyring the bus has no secret service and can't start one.
# The command finds the keychain's password in STOPDESK_TEST_KEYRING_PASSWORD.
set -euo pipefail

keyring=yes
screen=1280x800

usage()
{
    echo "usage: $0 [--no-keyring] [--screen WIDTHxHEIGHT] COMMAND [ARGUMENT...]" >&2
    exit 2
}

# The second half, on the private bus: keychain, then the command.
inside()
{
    if [[ $keyring == yes ]]; then
        printf %s "$STOPDESK_TEST_KEYRING_PASSWORD" |
            gnome-keyring-daemon --daemonize --unlock --components=secrets >/dev/null 2>"$STOPDESK_DESKTOP/keyring.log"
        if ! gdbus wait --session --timeout 10 org.freedesktop.secrets; then
            cat "$STOPDESK_DESKTOP/keyring.log" >&4
            echo "desktop.sh: the keychain did not start" >&4
            exit 125
        fi
    fi
    exec "$@" >&3 2>&4 3>&- 4>&-
}

# Everything that was started here carries the folder's name in its environment, daemons too.
members()
{
    grep -lzFx "STOPDESK_DESKTOP=$desk" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 | grep -vx "$$" || true
}

sweep()
{
    local signal waited pids
    for signal in TERM KILL; do
        for ((waited = 0; waited < 20; waited++)); do
            mapfile -t pids < <(members)
            ((${#pids[@]})) || break 2
            ((waited)) || kill -"$signal" "${pids[@]}" 2>/dev/null || true
            sleep 0.1
        done
    done
    rm -rf "$desk"
}

clean_up()
{
    local status=$?
    trap '' INT TERM HUP
    # Else the sweeping itself would be found.
    export -n STOPDESK_DESKTOP
    sweep
    exit "$status"
}

# No trap runs when this script is killed outright: then this one sweeps, a second later.
start_janitor()
{
    (
        (
            trap '' INT TERM HUP
            tail --pid=$$ -f /dev/null
            sweep
        ) </dev/null >/dev/null 2>&1 &
    )
}

start_screen()
{
    mkfifo "$desk/number"
    Xvfb -displayfd 3 -screen 0 "${screen}x24" -nolisten tcp -noreset \
        3>"$desk/number" </dev/null >"$desk/xvfb.log" 2>&1 &
    local number
    if ! read -r -t 20 number <"$desk/number"; then
        cat "$desk/xvfb.log" >&2
        echo "desktop.sh: the virtual screen did not start" >&2
        exit 125
    fi
    export DISPLAY=":$number"

    openbox </dev/null >"$desk/openbox.log" 2>&1 &
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        # Without a window manager no window ever becomes active.
        if xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; then
            return
        fi
        sleep 0.05
    done
    cat "$desk/openbox.log" >&2
    echo "desktop.sh: the window manager did not start" >&2
    exit 125
}

# The screen reader's bus and nothing else may be started by the bus.
bus_without_keyring()
{
    mkdir "$desk/services"
    cp /usr/share/dbus-1/services/org.a11y.Bus.service "$desk/services/"
    cat >"$desk/bus.conf" <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$XDG_RUNTIME_DIR</listen>
  <servicedir>$desk/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOF
}

while (($#)); do
    case $1 in
        --no-keyring) keyring=no; shift ;;
        --screen) screen=${2:-}; shift 2 || usage ;;
        --inside) shift; inside "$@" ;;
        --) shift; break ;;
        -*) usage ;;
        *) break ;;
    esac
done
(($#)) || usage

# Sockets live in here, and their paths must stay short.
desk=$(mktemp -d /tmp/stopdesk-desktop.XXXXXX)
start_janitor
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

unset WAYLAND_DISPLAY XAUTHORITY SESSION_MANAGER DESKTOP_SESSION XDG_CURRENT_DESKTOP KDE_FULL_SESSION \
    KDE_SESSION_VERSION GNOME_KEYRING_CONTROL SSH_AUTH_SOCK DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS NO_AT_BRIDGE \
    XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME LANGUAGE QT_QPA_PLATFORM QT_QPA_PLATFORMTHEME \
    QT_STYLE_OVERRIDE QT_SCALE_FACTOR QT_NO_GLIB
export STOPDESK_DESKTOP=$desk STOPDESK_TEST_KEYRING_PASSWORD=test
export HOME=$desk/home XDG_RUNTIME_DIR=$desk/run XDG_SESSION_TYPE=x11 LC_ALL=C.UTF-8
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"

start_screen
bus=()
inner=()
if [[ $keyring == no ]]; then
    bus_without_keyring
    bus=("--config-file=$desk/bus.conf")
    inner=(--no-keyring)
fi
# In the background, so that a signal to this script is heard at once. What the bus and its daemons say
# goes to a file.
dbus-run-session "${bus[@]}" -- "$BASH" "${BASH_SOURCE[0]}" "${inner[@]}" --inside "$@" <&0 3>&1 4>&2 >"$desk/bus.log" 2>&1 &
wait $!
