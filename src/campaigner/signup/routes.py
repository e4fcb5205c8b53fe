"""The routes that a landing page's form and the links of its mails lead to."""

from starlette.routing import Route

from campaigner.signup.answers.confirming import confirming
from campaigner.signup.answers.context import Context
from campaigner.signup.answers.guarding import Handler, guarded
from campaigner.signup.answers.preferences import preferences
from campaigner.signup.answers.signing_up import SigningUp
from campaigner.signup.answers.unsubscribing import unsubscribing


def public_routes(context: Context, prefix: str = "/") -> list[Route]:
    """Give the public routes, below a path that ends in /."""
    answers: dict[str, Handler] = {
        "signup/{slug}": SigningUp(context.publication.settings.signup.limits),
        "confirm/{token}": confirming,
        "unsubscribe/{token}": unsubscribing,
        "preferences/{token}": preferences,
    }
    return [
        Route(f"{prefix}{path}", guarded(context, handler), methods=["GET", "POST"])
        for path, handler in answers.items()
    ]
