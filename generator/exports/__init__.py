"""Exports: the catalogue in formats that other programs read, one module per format.

Strings are escaped here, once, for the format at hand; what flows in is plain data.
"""
