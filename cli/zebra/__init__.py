"""Command line for the preference data that ZEBRA builds."""

__version__ = "0.2.0"
