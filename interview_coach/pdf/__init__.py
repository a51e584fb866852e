"""Reports on paper: `report.render` makes a PDF of a report, from values alone."""
