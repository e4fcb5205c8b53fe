"""A page of the sign-up app, as its template sees it."""

from campaigner.model.pages.common import Head, LinkView
from campaigner.model.pages.landing import FieldView
from campaigner.value import Value


class ChoiceView(Value):
    """A list that a subscriber is on, or not."""

    name: str
    label: str
    is_chosen: bool


class SignUpPage(Value):
    """A page of the sign-up app: `signup/message.html`, `signup/question.html` and `signup/preferences.html`."""

    head: Head
    title: str
    paragraphs: tuple[str, ...]
    #: words on the button of a question
    button: str = ""
    #: where to go on; may be none
    further: LinkView | None = None
    #: of preferences: the address, whether it is written to, its name with what is wrong with it, and the lists
    address: str = ""
    is_confirmed: bool = False
    name: FieldView | None = None
    choices: tuple[ChoiceView, ...] = ()
    #: of preferences: whether they were saved just now
    is_saved: bool = False
    #: of preferences: what is wrong with the wish to have all erased
    erase_error: str = ""
