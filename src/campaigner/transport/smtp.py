"""A mail server of one's own: STARTTLS or TLS, with its name checked, a password where one is set, time limits."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from campaigner.audience.addresses import with_ascii_domain
from campaigner.transport.carrier import Envelope, Undelivered
from campaigner.value import Value

#: seconds that a server may take for each answer (RFC 5321 section 4.5.3.2 has minutes, for mails of any size)
PATIENCE_SECONDS = 30.0
#: of a server that wants a password (RFC 4954 section 6), or whose policy it is (RFC 3463 section 3.8): many ask only
#: here who it is that would send
POLICY = re.compile(r"530 |\d{3} 5\.7\.")


class MailServer(Value):
    """One mail server; each mail has a connection of its own."""

    host: str
    port: int
    #: from the first byte; else STARTTLS is asked for
    is_tls: bool
    user: str = ""
    password: str = ""
    #: what it must prove that it is; None for the machine's own authorities
    trust: ssl.SSLContext | None = None
    patience: float = PATIENCE_SECONDS

    def send(self, envelope: Envelope) -> None:
        """Give the server a mail, and have its word that it has it.

        It is given up where the server refuses this reader or this mail. What else a server does not like is in
        the settings, or in its own: somebody mends that, and no mail is to be lost until then.
        """
        sender, recipient = map(with_ascii_domain, (envelope.sender, envelope.recipient))
        try:
            with self._connected() as server:
                self._greet(server)
                server.sendmail(
                    sender,
                    [recipient],
                    envelope.message,
                    [] if recipient.isascii() else ["SMTPUTF8", "BODY=8BITMIME"],
                )
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            raise _refused(error, recipient) from None
        except smtplib.SMTPNotSupportedError:
            reason = "the mail server takes no address with other letters than ASCII before the @"
            raise Undelivered(reason, for_good=True) from None
        except smtplib.SMTPServerDisconnected as error:
            if isinstance(
                error.__context__, TimeoutError
            ):  # which the library makes an end of the connection of
                raise self._too_slow from None
            raise Undelivered("the mail server hung up") from None
        except smtplib.SMTPException as error:  # it knows no way to log in that we know
            raise Undelivered(f"the mail server and we do not understand each other: {error}") from None
        except ssl.SSLCertVerificationError as error:
            raise Undelivered(f"the mail server cannot prove its name: {error.verify_message}") from None
        except TimeoutError:
            raise self._too_slow from None
        except OSError as error:
            raise Undelivered(f"the mail server cannot be reached: {error.strerror or error}") from None

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        if self.is_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.patience, context=self._trust
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.patience)
        try:
            yield server
        finally:
            # a server has the mail once it says so: whatever it makes of a farewell, it is not sent again
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _greet(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        if not self.is_tls:
            if server.has_extn("starttls"):
                server.starttls(context=self._trust)
                server.ehlo()
            elif not self._is_here:
                raise Undelivered("the mail server offers no STARTTLS: anybody could read on the way")
        if self.user:
            if not server.has_extn("auth"):
                raise Undelivered("the mail server asks nobody for user and password")
            if not (self.user + self.password).isascii():  # the library sends no others
                raise Undelivered("user or password of the mail server has other letters than ASCII")
            server.login(self.user, self.password)

    @property
    def _too_slow(self) -> Undelivered:
        return Undelivered(f"the mail server took longer than {self.patience:g} seconds")

    @property
    def _trust(self) -> ssl.SSLContext:
        return self.trust or ssl.create_default_context()

    @property
    def _is_here(self) -> bool:
        """Whether it is on this machine, so that nobody is on the way."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def _refused(
    error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException, recipient: str
) -> Undelivered:
    """What a server said; 5xx of a reader or of a mail will not change (RFC 5321 section 4.2.1)."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Undelivered(f"the mail server refuses user and password ({error.smtp_code})")
    code: int
    text: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = error.recipients[recipient]
    else:
        code, text = error.smtp_code, error.smtp_error
    line = f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    is_mail = isinstance(error, smtplib.SMTPDataError)
    is_reader = isinstance(error, smtplib.SMTPRecipientsRefused) and not POLICY.match(line)
    # some repeat the address, which is to stand in no log
    shown = re.sub(re.escape(recipient), "…", line, flags=re.IGNORECASE)
    return Undelivered(f"the mail server refuses: {shown}", for_good=code >= 500 and (is_mail or is_reader))
