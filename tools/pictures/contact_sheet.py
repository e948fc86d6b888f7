"""One page that shows all pictures side by side, for looking through them."""

from __future__ import annotations

from html import escape
from pathlib import Path

STYLE = """
body { font-family: sans-serif; margin: 24px; background: #ddd; color: #222 }
h2 { margin: 32px 0 8px } div { display: flex; flex-wrap: wrap; gap: 16px }
figure { margin: 0; width: 384px } img { width: 100%; border: 1px solid #999 } figcaption { font-size: 12px }
"""


def write_contact_sheet(folder: Path, told: str) -> Path:
    """Write index.html over every set of pictures below the folder."""
    parts = ["<!doctype html><meta charset='utf-8'><title>Mikrolaan</title>", f"<style>{STYLE}</style>"]
    parts.append(f"<h1>Mikrolaan</h1><p>{escape(told)} <a href='findings.txt'>findings.txt</a></p>")
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        pictures = sorted(each.glob("*.png"))
        if not pictures:
            continue
        parts.append(f"<h2>{escape(each.name)}</h2><div>")
        for picture in pictures:
            where = escape(f"{each.name}/{picture.name}")
            parts.append(
                f"<figure><a href='{where}'><img loading='lazy' src='{where}' alt=''></a>"
                f"<figcaption>{escape(picture.stem)}</figcaption></figure>"
            )
        parts.append("</div>")
    index = folder / "index.html"
    index.write_text("\n".join(parts), encoding="utf-8")
    return index
