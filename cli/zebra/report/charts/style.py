"""What all charts share: colours that suit light and dark, sizes, and how a frame becomes data."""

import altair as alt

BLUE, ORANGE, GREY, RED = "#4c86c6", "#e8862e", "#8c8c8c", "#d64545"
# From the rejected response being far longer, over equal, to the chosen one being so.
DIVERGING = [
    *("#b35806", "#d0742a", "#e08f4c", "#eeaf7a", "#f5cba6", "#f8e0cb", "#bdbdbd"),
    *("#d3e3f0", "#b0cde4", "#86b1d5", "#5f95c5", "#3f79ae", "#265b8f"),
]
CATEGORIES = [
    *("#4c86c6", "#e8862e", "#59a14f", "#d64545", "#9d7ad2", "#b6992d", "#499894", "#d37295"),
    *("#8c8c8c", "#9d6b4f"),
]
# Pixels of a row with a name.
ROW = 20
# On a phone a longer name would leave no room for its bar.
NAME_PIXELS = 130

_INK = "currentColor"
_CONFIG = {
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": _INK,
        "titleColor": _INK,
        "domainColor": _INK,
        "tickColor": _INK,
        "gridColor": _INK,
        "domainOpacity": 0.4,
        "tickOpacity": 0.4,
        "gridOpacity": 0.12,
        "labelLimit": NAME_PIXELS,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    },
    "legend": {
        "labelColor": _INK,
        "titleColor": _INK,
        "orient": "bottom",
        "direction": "horizontal",
        "labelLimit": 150,
        "titleFontWeight": "normal",
        "symbolOpacity": 1,
        "symbolFillColor": GREY,
    },
}


def data(frame, *columns):
    """Rows of a frame as data of a chart, with these columns alone."""
    names = list(columns or frame.columns)
    return alt.InlineData(values=frame[names].to_dict("records"))


def specification(chart, *, height, description, width="container", right=5):
    """The finished chart, as what the page embeds; `right` is room beside it for text."""
    autosize = {"type": "fit-x", "contains": "padding"} if width == "container" else "pad"
    finished = chart.properties(
        width=width, height=height, description=description, autosize=autosize
    ).properties(padding={"left": 5, "top": 5, "right": right, "bottom": 5})
    return {**finished.to_dict(), "config": _CONFIG}


def rows_of(names, title=None):
    """A vertical axis of names in this order."""
    return {"scale": alt.Scale(domain=names), "title": title, "sort": None}


def tip(field, title, format=None):
    """A line of a chart's tooltip: a number with a format, else text."""
    if format:
        return alt.Tooltip(field, type="quantitative", title=title, format=format)
    return alt.Tooltip(field, type="nominal", title=title)


def choice(value):
    """A parameter `picked`, which the page's own selection box sets."""
    return alt.param(name="picked", value=value)
