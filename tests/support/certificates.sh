#!/bin/sh
# certificates.sh FOLDER: an authority and the servers' certificates that TLS tests need, made with openssl.
# They live in the build folder only; no private key is ever committed.
set -eu
mkdir -p "$1"
cd "$1"

key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"
}

# "openssl ca" takes dates of the past in every version; "openssl x509" refuses negative days from OpenSSL 3.5 on.
cat >authority.conf <<END
[ca]
default_ca = authority
[authority]
certificate = authority.pem
private_key = authority.key
new_certs_dir = .
database = authority.index
rand_serial = yes
default_md = sha256
policy = policy
copy_extensions = copy
[policy]
commonName = supplied
END
: >authority.index

# signed NAME ALTERNATIVE-NAMES VALIDITY...
signed() {
    name=$1
    key "$name"
    openssl req -new -key "$name.key" -subj "/CN=Stopdesk test $name" -addext "subjectAltName=$2" -out "$name.csr"
    shift 2
    openssl ca -batch -notext -config authority.conf -in "$name.csr" -out "$name.pem" "$@"
    rm "$name.csr"
}

key authority
openssl req -x509 -key authority.key -days 3650 -subj '/CN=Stopdesk test authority' \
    -addext keyUsage=critical,keyCertSign -out authority.pem
signed good DNS:localhost,IP:127.0.0.1,DNS:service.test -days 3650
signed expired DNS:localhost,IP:127.0.0.1 -startdate 20200101000000Z -enddate 20200102000000Z
signed wrong-host DNS:elsewhere.example -days 3650
key self-signed
openssl req -x509 -key self-signed.key -days 3650 -subj '/CN=localhost' \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -out self-signed.pem
