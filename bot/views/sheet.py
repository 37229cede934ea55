"""Paper to draw on: letters and bars by pixels, out as PNG. The one file that knows matplotlib."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

PAPER, INK, DIM = "#F4F6F8", "#1B2733", "#566472"


class Sheet:
    """A sheet with its origin at the upper left corner. It keeps nothing between two pictures."""

    def __init__(self, width: int, height: int) -> None:
        # Half a second for the first picture; a command that draws nothing doesn't pay it.
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.font_manager import FontProperties
        from matplotlib.patches import Rectangle

        # By file, not by name: another font of the machine would change what fits.
        fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        self._fonts = (str(fonts / "DejaVuSans.ttf"), str(fonts / "DejaVuSans-Bold.ttf"))
        self._font_properties, self._rectangle = FontProperties, Rectangle
        # At 72 dots an inch a point of type is a pixel.
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(figure)
        self._axes: Any = figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        *,
        color: str = INK,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Letters on the base line `y`."""
        self._axes.text(
            round(x),
            round(y),
            words,
            color=color,
            horizontalalignment=align,
            verticalalignment="baseline",
            fontproperties=self._font(size, bold),
            parse_math=False,
        )

    def bar(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A filled rectangle with sharp edges."""
        corner = (round(x), round(y))
        size = (round(x + width) - corner[0], round(y + height) - corner[1])
        self._axes.add_patch(self._rectangle(corner, *size, facecolor=color, linewidth=0))

    def width(self, words: str, size: int, *, bold: bool = False) -> float:
        """How wide these letters are."""
        renderer = self._canvas.get_renderer()
        font = self._font(size, bold)
        return float(renderer.get_text_width_height_descent(words, font, ismath=False)[0])

    def fitted(self, words: str, size: int, room: float) -> str:
        """The words, cut where there is no room for them."""
        if self.width(words, size) <= room:
            return words
        while words and self.width(words.rstrip() + "…", size) > room:
            words = words[:-1]
        return words.rstrip(" ,.") + "…"

    def png(self) -> bytes:
        """The same picture is the same bytes."""
        out = BytesIO()
        self._canvas.figure.savefig(out, format="png", facecolor=PAPER, metadata={"Software": None})
        return out.getvalue()

    def _font(self, size: int, bold: bool) -> Any:
        return self._font_properties(fname=self._fonts[bold], size=size)
