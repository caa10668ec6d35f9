#!/bin/sh
# prism.sh FOLDER [PORT]: puts the pinned Prism into FOLDER; with a PORT also serves openapi.yaml there.
# Installs only where the lock has changed since, and runs no install script of any package.
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
