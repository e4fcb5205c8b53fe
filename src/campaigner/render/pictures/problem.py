"""What is wrong with a picture."""


class PictureProblem(Exception):
    """A picture cannot be used.

    It knows no place: whoever found the picture's name in a file makes a `Fault` of it, with
    the line and column of that name. Both texts are written as those of a `Fault`.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
