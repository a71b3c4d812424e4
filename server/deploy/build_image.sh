#!/usr/bin/env bash
# Builds the image without a container engine and without a registry: Debian's buildah in chroot isolation, on a base
# that debootstrap makes of Debian 12. Needs root, and the packages buildah and debootstrap.
#
#   server/deploy/build_image.sh FOLDER    # leaves FOLDER/passport-ocr.tar (docker load, podman load, skopeo)
#
# BUILD_FLAGS: further options of `buildah build`, e.g. --volume for the certificates of a proxy on the way to PyPI.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(realpath -m "${1:-out/image}")
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
for program in buildah debootstrap; do
  command -v "$program" > /dev/null || { echo "$program is missing: apt-get install --no-install-recommends buildah debootstrap"; exit 1; }
done
[ "$(id -u)" = 0 ] || { echo "debootstrap and a chroot need root: run it with sudo"; exit 1; }
mkdir -p "$out"
buildah=(buildah --root "$out/storage" --runroot "$out/run" --storage-driver vfs)

if [ ! -e "$out/base/.complete" ]; then
  rm -rf "$out/base"
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$out/base" "$mirror"
  (cd "$out/base" && rm -rf var/cache/apt/archives/*.deb var/lib/apt/lists/* var/log/* usr/share/{doc,man,info,locale,lintian})
  touch "$out/base/.complete"
fi
base=$("${buildah[@]}" from scratch)
"${buildah[@]}" copy --quiet "$base" "$out/base" / > /dev/null
"${buildah[@]}" commit --quiet --rm "$base" passport-ocr-base > /dev/null
# Docker's format: OCI's has no HEALTHCHECK.
"${buildah[@]}" build --isolation chroot --format docker --build-arg BASE=localhost/passport-ocr-base ${BUILD_FLAGS:-} --tag passport-ocr .
rm -f "$out/passport-ocr.tar"
"${buildah[@]}" push --quiet passport-ocr "docker-archive:$out/passport-ocr.tar:passport-ocr:latest"
"${buildah[@]}" images passport-ocr
