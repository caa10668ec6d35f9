#!/bin/sh
# certificates.sh FOLDER: an authority and the servers' certificates that TLS tests need, made with openssl.
# They live in the build folder only; no private key is ever committed.
set -eu
mkdir -p "$1"
cd "$1"

key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"
}

# signed NAME ALTERNATIVE-NAMES DAYS
signed() {
    key "$1"
    printf 'subjectAltName=%s\n' "$2" >"$1.ext"
    openssl req -new -key "$1.key" -subj "/CN=Stopdesk test $1" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -days "$3" \
        -extfile "$1.ext" -out "$1.pem"
    rm "$1.ext" "$1.csr"
}

key authority
openssl req -x509 -key authority.key -days 3650 -subj '/CN=Stopdesk test authority' \
    -addext keyUsage=critical,keyCertSign -out authority.pem
signed good DNS:localhost,IP:127.0.0.1,DNS:service.test 3650
signed expired DNS:localhost,IP:127.0.0.1 -1
signed wrong-host DNS:elsewhere.example 3650
key self-signed
openssl req -x509 -key self-signed.key -days 3650 -subj '/CN=localhost' \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -out self-signed.pem
