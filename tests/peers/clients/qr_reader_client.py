"""zxing-cpp as a phone before a poster: the PDF is drawn by pdfium, the picture turned, small and out of focus."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from lines import Order, serve
from PIL import Image, ImageFilter


def _picture(path: Path, height: int) -> Image.Image:
    """The sheet at *height* pixels."""
    if path.suffix == ".pdf":
        page = pypdfium2.PdfDocument(path)[0]
        return page.render(scale=height / page.get_height()).to_pil().convert("L")
    with Image.open(path) as picture:
        return picture.convert("L").resize((round(picture.width * height / picture.height), height))


def _read(path: str, height: int, turned: float, blurred: float) -> list[str]:
    seen = _picture(Path(path), height).rotate(turned, expand=True, fillcolor=160, resample=Image.Resampling.BICUBIC)
    found = zxingcpp.read_barcodes(seen.filter(ImageFilter.GaussianBlur(blurred)))
    return sorted(code.text for code in found)


async def perform(order: Order) -> Any:
    """Carries out `read`: what stands in the codes of the file at `path`."""
    return await asyncio.to_thread(_read, **order["with"])


if __name__ == "__main__":
    serve(perform)
