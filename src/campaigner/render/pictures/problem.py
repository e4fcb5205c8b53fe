"""What is wrong with a picture."""


class PictureProblem(Exception):
    """A picture cannot be used.

    It knows no place: whoever found the picture's name in a file makes a `Fault` of it, with
    the line and column of that name, and names the picture as it is written there. Both texts are
    written as those of a `Fault`.
    """

    def __init__(self, what: str, hint: str = "", *, name: str = "") -> None:
        self.what = what
        self.message = f'the picture "{name}" {what}' if name else what
        self.hint = hint
        super().__init__(self.message)

    def named(self, name: str) -> "PictureProblem":
        """The same of a picture that is called `name`."""
        return PictureProblem(self.what, self.hint, name=name)
