#!/bin/sh
# prism.sh FOLDER: puts the pinned Prism into FOLDER; with a PORT behind it, also serves openapi.yaml on 127.0.0.1:PORT.
# Installs only where the lock has changed since. No install script of any package is run (one of them phones home).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
if ! cmp -s "$here/package-lock.json" installed-lock.json; then
    rm -f installed-lock.json
    cp "$here/package.json" "$here/package-lock.json" .
    npm ci --ignore-scripts --no-audit --no-fund --engine-strict=false >&2
    cp package-lock.json installed-lock.json
fi
[ $# -lt 2 ] || exec node_modules/.bin/prism mock -h 127.0.0.1 -p "$2" "$here/openapi.yaml"
