class Refused(Exception):
    """A file that is not read: a code, and what its message needs. The parent has the words."""

    def __init__(self, code, **about):
        super().__init__(code)
        self.code = code
        self.about = about
