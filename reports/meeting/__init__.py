"""Papers of a meeting: screen, slides, brief, workbook, all from its frozen figures."""
