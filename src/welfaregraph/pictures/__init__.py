"""Pictures of plans as SVG: heat map, matrix, and nodes with their links.

Pure functions; the same input gives the same bytes. Each picture is whole in itself: no style
sheet, script, id or address, so several can stand in one HTML page.
"""

from __future__ import annotations

from welfaregraph.pictures.links import Link, Node, node_link
from welfaregraph.pictures.table import heat_map, matrix

__all__ = ["Link", "Node", "heat_map", "matrix", "node_link"]
