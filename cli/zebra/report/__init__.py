"""The report page: what was tried, with figures, as one HTML file.

Only `command` is imported with the command line; the rest needs the extra [report].
"""
