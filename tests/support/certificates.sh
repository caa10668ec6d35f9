#!/bin/sh
# certificates.sh FOLDER: an authority, in each form that companies hand out, and the servers' certificates that TLS
# tests need, made with openssl.
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

# signed NAME ALTERNATIVE-NAMES VALIDITY...    the common name is $common_name, or says what it is
signed() {
    name=$1
    key "$name"
    openssl req -new -key "$name.key" -subj "/CN=${common_name:-Stopdesk test $name}" -addext "subjectAltName=$2" -out "$name.csr"
    shift 2
    openssl ca -batch -notext -config authority.conf -in "$name.csr" -out "$name.pem" "$@"
    rm "$name.csr"
}

key authority
openssl req -x509 -key authority.key -days 3650 -subj '/CN=Stopdesk test authority' \
    -addext keyUsage=critical,keyCertSign -out authority.pem
signed good DNS:localhost,IP:127.0.0.1,DNS:service.test -days 3650
signed expired DNS:localhost,IP:127.0.0.1 -startdate 20200101000000Z -enddate 20200102000000Z
signed not-yet DNS:localhost,IP:127.0.0.1 -startdate 20900101000000Z -enddate 20910101000000Z
signed wrong-host DNS:elsewhere.example -days 3650
common_name=service.test signed wildcard 'DNS:*.example.com,DNS:10.1.2.3,IP:fd00::1' -days 3650
common_name=127.0.0.1 signed common-name DNS:elsewhere.example -days 3650
openssl x509 -in authority.pem -outform DER -out authority.der
openssl x509 -in authority.pem -trustout -out authority.trusted
openssl x509 -in authority.pem -addreject serverAuth -out authority.rejected
openssl crl2pkcs7 -nocrl -certfile authority.pem -out authority.p7b
openssl crl2pkcs7 -nocrl -certfile authority.pem -outform DER -out authority.p7c
openssl cms -sign -in authority.pem -signer good.pem -inkey good.key -certfile authority.pem -stream -outform DER \
    -out authority.ber # lengths are left open
openssl pkcs12 -export -in authority.pem -inkey authority.key -passout pass:test -out authority.p12
openssl pkey -in authority.key -outform DER -out authority.key.der
key self-signed
openssl req -x509 -key self-signed.key -days 3650 -subj '/CN=localhost' \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -out self-signed.pem
