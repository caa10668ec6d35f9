#!/usr/bin/env bash
# The protections that readelf sees in a program, a line each; fails where one is missing. That of the control flow is seen
# in what is compiled: linked, it is there only where the C library's own start was built with it.
#
#   hardening.sh PROGRAM ONE_OF_ITS_OBJECTS [SIGN TO DO WITHOUT]
set -euo pipefail

# shellcheck disable=SC2034  # the table names them
program=$1 object=$2 spared=${3:-}
export LC_ALL=C

case $(uname -m) in
    x86_64) flow='IBT, SHSTK' ;;
    aarch64) flow='BTI, PAC' ;;
    *) flow= ;; # neither compiler nor processor has it
esac
signs="\
position-independent program --file-header Type: +DYN
read-only-relocations program --program-headers GNU_RELRO
bound-at-start program --dynamic FLAGS.*NOW
no-code-on-the-stack program --program-headers GNU_STACK .* RW +0x
stack-protector program --dyn-syms UND __stack_chk_fail
library-assertions program --dyn-syms UND [^ ]*__glibcxx_assert_fail
fortified-calls program --dyn-syms UND __memcpy_chk
${flow:+control-flow object --notes $flow}"

missing=0
while read -r sign which what pattern; do
    [[ -n $sign && $sign != "$spared" ]] || continue
    # All of it is read before grep ends: a pipe that breaks would be an error here.
    if grep -qE "$pattern" <<<"$(readelf --wide "$what" "${!which}")"; then
        echo "$sign: there"
    else
        echo "$sign: MISSING"
        missing=1
    fi
done <<<"$signs"
exit "$missing"
