"""`ccms import`: complaints from a CSV file or an Excel workbook."""
