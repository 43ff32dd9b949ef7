"""Where our way to write dates is not Django's: one folder per language."""
