"""A report on several plans, as one page and as one workbook.

:func:`welfaregraph.report.content.report_on` finds out what there is to tell, with its sources;
:mod:`~welfaregraph.report.words` puts it into words, :mod:`~welfaregraph.report.page` and
:mod:`~welfaregraph.report.book` show it.
"""
