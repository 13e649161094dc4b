#!/bin/bash
# nginx-as-written.sh <http|stream>: follows the steps at the top of the example, and downloads as a device that knows only
# smdp.example.com. Run it with `unshare --map-root-user --net --mount`: ports, /etc/hosts and /etc/nginx are then its own.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
example=$1
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
cd "$work"
mock-smdp() { node "$root/dist/bundle/main.js" "$@"; }
# exec: `jobs -p` names the shell of a function in the background, whose end the server would survive.
serve() { exec node "$root/dist/bundle/main.js" serve --seed none >server.log 2>&1; }

ip link set lo up
printf '127.0.0.1 localhost smdp.example.com\n::1 localhost\n' >hosts
mount --bind hosts /etc/hosts
# nginx writes to the others.
for folder in /etc/nginx /var/log/nginx /var/lib/nginx /run; do mount -t tmpfs tmpfs "$folder"; done

mock-smdp certs init --certs certs --address smdp.example.com >/dev/null
openssl x509 -inform der -in certs/CERT_S_SM_DP_TLS_NIST.der -out /etc/nginx/smdp.pem
openssl x509 -inform der -in certs/CERT_CI_ECDSA_NIST.der -out ci.pem
cp certs/SK_S_SM_DP_TLS_NIST.pem /etc/nginx/smdp.key
export NODE_EXTRA_CA_CERTS=$work/ci.pem

export SMDP_CERTS=certs SMDP_DATABASE=smdp.db SMDP_ADDRESS=smdp.example.com
case $example in
  http)
    export SMDP_ADMIN_TOKEN=a-token-of-some-length
    operators=https://smdp.example.com/mock
    SMDP_TLS=off serve &
    ;;
  stream)
    operators=http://localhost:8080
    serve &
    ;;
esac
nginx -g 'daemon off; user root;' -c "$root/examples/nginx/$example.conf" >nginx.log 2>&1 &

mock-smdp ready --server "$operators" --timeout 30 || { cat server.log; tail -n 20 nginx.log; exit 1; }
code=$(mock-smdp profile create --server "$operators" --json | node -p 'JSON.parse(fs.readFileSync(0, "utf8")).activationCode')
echo "$code"
mock-smdp device download "$code"
mock-smdp profile list --server "$operators"
