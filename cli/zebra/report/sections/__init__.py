"""Sections of the page: a function each, from relations to charts and tables."""
