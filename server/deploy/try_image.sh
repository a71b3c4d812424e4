#!/usr/bin/env bash
# Runs the image that build_image.sh left, as a cluster would: as uid 10001 on a read-only root, without capabilities,
# its keys root's and readable for its group. It signs a request, reads a picture, and says what it found. Needs root,
# buildah and bubblewrap.
#
#   server/deploy/try_image.sh FOLDER [PICTURE]
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(realpath "${1:-out/image}")
picture=${2:-tests/images/chn_2012_specimen.jpg}
port=${PORT:-18123}
buildah=(buildah --root "$out/storage" --runroot "$out/run" --storage-driver vfs)
container=$("${buildah[@]}" from passport-ocr)
root=$("${buildah[@]}" mount "$container")
keys=$(mktemp --directory)
service=
end() {
  if [ -n "$service" ]; then kill "$service" && wait "$service" || true; fi
  "${buildah[@]}" rm "$container" > /dev/null
  rm -rf "$keys"
}
trap end EXIT
inside() { # how its folder of keys is bound, then a command in the image
  local bind=$1
  shift
  bwrap --unshare-pid --unshare-ipc --unshare-uts --die-with-parent --cap-drop ALL --cap-add CAP_SETUID --cap-add CAP_SETGID \
    --cap-add CAP_SETPCAP --clearenv --ro-bind "$root" / --proc /proc --dev /dev "--$bind" "$keys" /etc/passport-ocr \
    --setenv PATH /opt/passport-ocr/bin:/usr/bin:/bin --setenv OMP_NUM_THREADS 1 --setenv PYTHONDONTWRITEBYTECODE 1 \
    --setenv PASSPORT_OCR_PORT "$port" --setenv PASSPORT_OCR_CREDENTIALS /etc/passport-ocr/credentials.json \
    setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set -all --inh-caps -all "$@"
}
chown 10001:10001 "$keys"
inside bind passport-ocr apps add 1000001 > /dev/null
signature=$(inside ro-bind passport-ocr apps sign 1000001)
# From here on as Kubernetes mounts a secret.
mkdir "$keys/..1"
mv "$keys/credentials.json" "$keys/..1"
ln -s ..1 "$keys/..data"
ln -s ..data/credentials.json "$keys/credentials.json"
chown -R --no-dereference root:10001 "$keys"
chmod 0440 "$keys/..1/credentials.json"
chmod 0750 "$keys" "$keys/..1"
inside ro-bind passport-ocr serve &
service=$!
until inside ro-bind python -m passport_ocr_server.cli.ready; do kill -0 "$service"; sleep 1; done
curl --fail --silent -H "Authorization: $signature" -F app_id=1000001 -F "image=@$picture" \
  "http://127.0.0.1:$port/ocr/passport" | python3 -c 'import json, sys
answer = json.load(sys.stdin)
items = [item for item in answer["data"]["items"] if item["itemstring"]]
print("code", answer["code"], "with", len(items), "items read")
sys.exit(answer["code"] != 0 or len(items) < 10)'
