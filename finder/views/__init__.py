"""The public pages, one module a subject: read the form, ask, render."""
