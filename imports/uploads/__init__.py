"""Uploaded spreadsheets, read and written: `reading.read`, `writing.workbook`. Knows no batch."""
