"""Charts of the page: a function each, from a frame to a Vega-Lite specification."""
