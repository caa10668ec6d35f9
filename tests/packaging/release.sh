#!/usr/bin/env bash
# What is shipped, built as it is shipped: each file of it is compiled with packaging/hardening.cmake, and program and
# installed program show it.
#
#   release.sh CMAKE COMPILER BUILD_FOLDER
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cmake=$1 compiler=$2 build=$3
cd "$here/../.."

"$cmake" --preset release -B "$build" >/dev/null
"$cmake" --build "$build" >"$build.log" || { tail -n 40 "$build.log"; exit 1; }
DESTDIR=$build/stage "$cmake" --install "$build" --prefix /usr >/dev/null

# What leaves nothing for readelf to see. Where the compiler fortifies by itself nobody need ask it to.
wanted=(-fstack-protector-strong -fstack-clash-protection -D_GLIBCXX_ASSERTIONS)
[[ $(uname -m) != x86_64 ]] || wanted+=(-fcf-protection)
! grep -q STOPDESK_MAY_FORTIFY:INTERNAL=1 "$build/CMakeCache.txt" || wanted+=(-D_FORTIFY_SOURCE=)
commands=$(grep '"command":' "$build/compile_commands.json")
for flag in "${wanted[@]}"; do
    ! grep -vF -e "$flag" <<<"$commands" || { echo "compiled without $flag"; exit 1; }
done
echo "${wanted[*]}: in each of $(wc -l <<<"$commands") commands"
for program in "$build/app/stopdesk" "$build/stage/usr/bin/stopdesk"; do
    object=$(find "$build/app/CMakeFiles/stopdesk.dir" -name '*.o' -print -quit)
    # The program has no call that needs one, as all of its texts are Qt's.
    "$here/hardening.sh" "$program" "$object" fortified-calls
    "$here/nofolder.sh" "$compiler" "$build.false" "$program"
done
