"""The page: sections, scripts and style in one HTML file that may run nothing else."""

import base64
import hashlib
from pathlib import Path

import jinja2
import vl_convert
from markupsafe import Markup

from zebra import __version__
from zebra.report.data import MODELS_SHOWN, Source, pool_models
from zebra.report.pairs import drawn_pairs
from zebra.report.sections.labels import labels_section
from zebra.report.sections.models import figures_section, likeness_section
from zebra.report.sections.pool import pool_section
from zebra.report.sections.strategies import balance_section, strategies_section
from zebra.report.text import Names, marked, visible

_HERE = Path(__file__).parent


def build_page(database, name, advance=lambda step: None):
    """The page of an open database as bytes; `name` is how it calls the database.

    advance: called with the name of each step that is done.
    """
    source, names = Source(database), Names()
    models, left_out = pool_models(source)
    strategies = list(source.select("strategy", "strategy_summary", "order by 1")["strategy"])
    sections = [
        pool_section(source, names, strategies),
        figures_section(source, names, models),
        likeness_section(source, names, models),
        strategies_section(source, names, strategies),
        labels_section(source),
        balance_section(source, names, models, strategies),
    ]
    advance("figures")
    pairs = drawn_pairs(source, names)
    advance("texts")
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed")
    advance("charts")
    page = _render(
        database=visible(name),
        version=__version__,
        sections=[section for section in sections if section],
        models_shown=MODELS_SHOWN,
        models_left_out=left_out,
        pairs=pairs,
        strategies=sorted({pair.strategy for pair in pairs}),
        models=sorted({model for p in pairs for model in (p.chosen_model, p.rejected_model)}),
        bundle=bundle,
    )
    advance("page")
    return page.encode("utf-8")


def _render(*, bundle, **values):
    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {"allow_nan": False}
    environment.filters["marked"] = marked
    texts = {"style": "page.css", "boot": "boot.js"}
    parts = {name: _own(file) for name, file in texts.items()}
    parts["bundle"] = bundle
    # What a browser hashes is the text between the tags, byte by byte.
    hashes = {name: _sha256(text) for name, text in parts.items()}
    template = environment.from_string(_own("page.html"))
    return template.render(
        hashes=hashes, **{name: Markup(text) for name, text in parts.items()}, **values
    )


def _own(file):
    return (_HERE / file).read_text(encoding="utf-8")


def _sha256(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
