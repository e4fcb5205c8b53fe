"""A mail server of one's own: STARTTLS or TLS, with its name checked, a password where one is set, time limits."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from campaigner.transport.carrier import Envelope, Undelivered
from campaigner.value import Value

#: seconds that a server may take for each answer (RFC 5321 section 4.5.3.2 has minutes, for mails of any size)
PATIENCE_SECONDS = 30.0


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
        """Give the server a mail, and have its word that it has it."""
        try:
            with self._connected() as server:
                self._greet(server)
                server.sendmail(
                    envelope.sender,
                    [envelope.recipient],
                    envelope.message,
                    [] if envelope.recipient.isascii() else ["SMTPUTF8", "BODY=8BITMIME"],
                )
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _refused(code, said, envelope.recipient) from None
        except smtplib.SMTPAuthenticationError as error:
            # a wrong password is mended by somebody, and not by trying for two days; but mails wait for that
            raise Undelivered(f"the mail server refuses user and password ({error.smtp_code})") from None
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error, envelope.recipient) from None
        except smtplib.SMTPNotSupportedError:
            reason = "the mail server takes no address with other letters than ASCII before the @"
            raise Undelivered(reason, for_good=True) from None
        except smtplib.SMTPException as error:
            if isinstance(
                error.__context__, TimeoutError
            ):  # which the library makes an end of the connection of
                raise self._too_slow from None
            raise Undelivered("the mail server hung up") from None
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


def _refused(code: int, said: bytes | str, recipient: str) -> Undelivered:
    """What a server said; 5xx will not change (RFC 5321 section 4.2.1)."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = text.replace(recipient, "…")  # some repeat the address, which is to stand in no log
    return Undelivered(f"the mail server refuses: {code} {text}", for_good=500 <= code < 600)
