#!/bin/sh
# Unpacks into WORK/models what held-out scenes are made of: unpack.sh WORK     What is there is kept.
# Models of the Debian package sweethome3d-furniture, environment pictures of the npm package @pmndrs/assets. PYTHON: any Python 3.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
python=${PYTHON:-python3}
mkdir -p "$work/models"
for catalogue in Scopia KatorLegaz Reallusion BlendSwap-CC-BY; do
    unzip -qnd "$work/models" "/usr/share/sweethome3d/furniture/$catalogue.sh3f" -x LICENSE.TXT '*.properties'
done
if [ ! -e "$work/models/hdri/forest.exr" ]; then
    (cd "$work" && npm pack --silent @pmndrs/assets@1.7.0 > /dev/null && tar xzf pmndrs-assets-1.7.0.tgz)
    "$python" "$here/../training/hdri.py" "$work/package" "$work/models/hdri" forest city
fi
