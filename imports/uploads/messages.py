"""What is said of an upload, in the language of the moment: whole files, sheets, rows, repairs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

REFUSALS = {
    "empty": gettext_lazy("The file is empty."),
    "too_big": gettext_lazy("It is larger than %(most)s MB. Split it into several files."),
    "old_excel": gettext_lazy(
        "It is an old Excel workbook (.xls) or has a password. Save it as XLSX without a password."
    ),
    "binary_excel": gettext_lazy("It is a binary Excel workbook (.xlsb). Save it as XLSX."),
    "opendocument": gettext_lazy("It is an OpenDocument file (.ods). Save it as XLSX or CSV."),
    "numbers": gettext_lazy("It is an Apple Numbers file. Export it to XLSX or CSV."),
    "pdf": gettext_lazy("It is a PDF. Upload the spreadsheet that it was made from."),
    "web_page": gettext_lazy(
        "It is a web page, whatever its name says. Open it in your spreadsheet program and save it "
        "as XLSX or CSV."
    ),
    "other": gettext_lazy("It is not an Excel or CSV file."),
    "damaged": gettext_lazy(
        "It is damaged or incomplete. Open it in your spreadsheet program, save it again and upload "
        "that file."
    ),
    "too_many_parts": gettext_lazy(
        "It holds more than %(most)s parts, far more than a workbook needs."
    ),
    "too_much_inside": gettext_lazy(
        "It holds far more data than its size suggests. Copy the cells with text into a new workbook."
    ),
    "strange_parts": gettext_lazy("It holds parts with unsafe names."),
    "doctype": gettext_lazy("It holds a document type or entities, which no workbook needs."),
    "too_many_rows": gettext_lazy(
        "It has more than %(most)s rows %(sheet)s. Delete the rows below your data, or split the file."
    ),
    "too_many_columns": gettext_lazy(
        "It has cells beyond column %(most)s %(sheet)s. Delete the columns to the right of your data."
    ),
    "too_many_merged": gettext_lazy("It has too many merged cells %(sheet)s. Unmerge them."),
    "too_slow": gettext_lazy("It takes too long to read. Split it into smaller files."),
    "nul": gettext_lazy(
        "Line %(line)s holds a byte that no text has. Save the file again as “CSV UTF-8”."
    ),
    "encoding": gettext_lazy(
        "Its characters cannot be read. Save it again as “CSV UTF-8” or as XLSX."
    ),
    "quotes": gettext_lazy("A quotation mark is out of place or not closed near line %(line)s."),
    "no_table": gettext_lazy(
        "None of its sheets is one of these: %(tables)s. Call the sheet, or the CSV file, by one of "
        "these names."
    ),
    "which_table": gettext_lazy(
        "Its columns could be those of %(tables)s. Name the sheet, or the CSV file, like the table."
    ),
}

SHEETS = {
    "doubled": gettext_lazy("these columns stand there twice: %(columns)s"),
    "lacks": gettext_lazy("these columns are missing, rows are recognized by them: %(columns)s"),
    "unknown": gettext_lazy("“%(heading)s” is not a column of this table"),
    "alike": gettext_lazy(
        "“%(heading)s” is not a column of this table; did you mean “%(nearest)s”?"
    ),
}

FAULTS = {
    "extra": gettext_lazy("the row has more cells than there are column names"),
    "cut": gettext_lazy("the file ends in the middle of this row"),
    "formula": gettext_lazy("a formula without a stored value; write the value itself"),
    "error": gettext_lazy("the formula failed (%(text)s); write the value itself"),
    "long": gettext_lazy("more than %(most)s characters"),
    "html": gettext_lazy("HTML (“%(text)s”); write plain text"),
    "merged": gettext_lazy("part of the merged cells %(text)s; unmerge them and write each value"),
    "date": gettext_lazy(
        "the spreadsheet made a date of this (%(text)s); format the cell as text and type it again"
    ),
    "comma": gettext_lazy("a comma may mean two things in “%(text)s”; write 3.5 or 1200"),
    "digits": gettext_lazy(
        "the spreadsheet has lost digits of this number; format the cell as text and type it again"
    ),
}

NOTES = {
    "cp1252": gettext_lazy("The file is not UTF-8; it was read as Windows-1252. Check the accents."),
    "hidden": gettext_lazy("A hidden sheet was not read."),
    "unknown_sheet": gettext_lazy("This sheet is none of our tables and was not read."),
    "above": gettext_lazy("What stands above the column names was not read."),
    "heading_again": gettext_lazy("The column names stand here once more; the row was skipped."),
    "short": gettext_lazy("The row has fewer cells than there are columns; the others stay as they are."),
    "trimmed": gettext_lazy("Spaces before or after the text were removed."),
    "control": gettext_lazy("Invisible control characters were removed."),
    "formula": gettext_lazy("A formula stands here; its last value, “%(new)s”, was read."),
    "date": gettext_lazy("“%(old)s” was read as the date %(new)s."),
    "us_date": gettext_lazy("“%(old)s” was read as month/day/year: %(new)s."),
    "decimal": gettext_lazy("“%(old)s” was read as the number %(new)s."),
    "code": gettext_lazy("“%(old)s” was completed to the code %(new)s."),
    "word": gettext_lazy("“%(old)s” was read as “%(new)s”."),
}  # fmt: skip


def refusal(refused):
    """Of a whole file."""
    about = dict(refused.about)
    if about.get("sheet"):
        about["sheet"] = _("(sheet “%(name)s”)") % {"name": about["sheet"]}
    text = " ".join((str(REFUSALS[refused.code]) % about).split()).replace(" .", ".")
    return _("This file could not be read: %(reason)s") % {"reason": text}


def fault(code, **about):
    return str({**SHEETS, **FAULTS}[code]) % about


def note(code, **about):
    return str(NOTES[code]) % about


def and_others(text, count):
    """A repair, and how many more rows it was made in."""
    if count == 1:
        return text
    more = ngettext(
        "And %(count)s more row like this.", "And %(count)s more rows like this.", count - 1
    )
    return f"{text} {more % {'count': count - 1}}"
