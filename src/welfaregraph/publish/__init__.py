"""A complete static publication of the graph, for any web server.

:func:`welfaregraph.publish.publication.publish` writes it. What is published is known to
:mod:`~welfaregraph.publish.site`; which file an IRI is found in, to
:mod:`~welfaregraph.publish.paths`; the files are made by the makers of
:mod:`~welfaregraph.publish.makers`, in their order, and written by
:mod:`~welfaregraph.publish.tree`, whole or not at all.
"""
