#!/usr/bin/env bash
# Neither the program that was built nor the one that is installed names a folder to load libraries from, and a start in a
# folder that is full of false ones loads none: not those that it is linked with, nor plugins, nor what is opened by name.
#
#   nofolder.sh COMPILER FOLDER PROGRAM...
set -euo pipefail

compiler=$1 home=$2/home folder=$2/false
export LC_ALL=C HOME=$home XDG_RUNTIME_DIR=$2/login QT_QPA_PLATFORM=offscreen
export XDG_CONFIG_HOME=$home XDG_DATA_HOME=$home XDG_CACHE_HOME=$home
unset LD_LIBRARY_PATH QT_PLUGIN_PATH

rm -rf "$2"
mkdir -p "$home" "$folder"/{platforms,sqldrivers,styles,iconengines,imageformats,platformthemes,tls}
mkdir -m 700 "$XDG_RUNTIME_DIR"
shift 2
cd "$folder"

# shellcheck disable=SC2028  # the escape is for C
echo '__attribute__((constructor)) static void begin(void) { write(2, "A FALSE ONE\n", 12); }' |
    "$compiler" -x c -w -include unistd.h -shared -fPIC -o false.so -
for name in $(ldd "$1" | awk '$2 == "=>" { print $1 }') libsecret-1.so libsecret-1.so.0 \
    platforms/libqoffscreen.so sqldrivers/libqsqlite.so styles/libfalse.so iconengines/libqsvgicon.so \
    imageformats/libqsvg.so platformthemes/libqgtk3.so tls/libqopensslbackend.so; do
    cp false.so "$name"
done

for program in "$@"; do
    dynamic=$(readelf --wide --dynamic "$program")
    ! grep -E 'R(UN)?PATH' <<<"$dynamic" || { echo "$program names folders to load from"; exit 1; }
    "$program" --version >out.log 2>&1 || { tail -n 3 out.log; echo "$program does not start in this folder"; exit 1; }
    # The demo: once its database's driver is loaded, platform and pictures are, too.
    "$program" --demo >>out.log 2>&1 &
    maps=
    for ((tries = 0; tries < 200; tries++)); do
        maps=$(cat "/proc/$!/maps" 2>/dev/null) || break
        [[ $maps != *libqsqlite* ]] || break
        sleep 0.1
    done
    kill "$!" 2>/dev/null || true
    wait || true
    [[ $maps == *libqsqlite* ]] || { tail -n 3 out.log; echo "$program --demo does not come to its journal"; exit 1; }
    ! grep -F "$folder" <<<"$maps" || { echo "$program loads what lies in the folder that it is started from"; exit 1; }
    ! grep 'A FALSE ONE' out.log || { echo "$program loads what lies in the folder that it is started from"; exit 1; }
done
