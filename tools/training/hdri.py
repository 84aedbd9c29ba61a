"""Takes environment pictures out of the npm package @pmndrs/assets (CC0): hdri.py PACKAGE OUT NAME..."""
import base64
import re
import sys
from pathlib import Path

package, out, *names = sys.argv[1:]
Path(out).mkdir(parents=True, exist_ok=True)
for name in names:
    text = (Path(package) / "hdri" / f"{name}.exr.js").read_text()
    data = re.search(r"base64,([A-Za-z0-9+/=]+)", text)[1]
    (Path(out) / f"{name}.exr").write_bytes(base64.b64decode(data))
