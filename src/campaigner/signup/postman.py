"""Composes the mails that are owed and lets them leave, after everybody was answered; and erases what is old."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from anyio import to_thread

from campaigner.audience import outgoing
from campaigner.audience.database import Database
from campaigner.audience.leaving import erase_stale
from campaigner.audience.limits_store import LimitsStore
from campaigner.audience.outgoing import Kind, Mail
from campaigner.audience.subscribers import Subscriber, by_id
from campaigner.errors import CampaignerError, Fault, one_line
from campaigner.model.settings import SignUp
from campaigner.render.letters import Letter
from campaigner.signup.failing import bug_of
from campaigner.signup.house import House
from campaigner.signup.tokens import Keys, confirm_token, preferences_token, unsubscribe_token
from campaigner.transport.carrier import Carrier, Envelope, Undelivered

#: how long a mail that is being sent is nobody else's
HOLD = timedelta(minutes=5)
#: seconds until somebody looks for mails that others owe, or that are tried again
PAUSE = 5.0
#: between two times that old things are looked for
HOUR = timedelta(hours=1)
AT_ONCE = 10


class Postman:
    """One in each process; no two of them have the same mail."""

    def __init__(
        self,
        *,
        database: Database,
        house: House,
        carrier: Carrier,
        keys: Keys,
        base_url: str,
        holder: str,
        now: Callable[[], datetime],
        tell: Callable[[Fault], None],
    ) -> None:
        """Take what mails need; `base_url` is where their links lead, and `holder` a name that nobody else has."""
        self._database = database
        self._house = house
        self._carrier = carrier
        self._keys = keys
        self._base_url = base_url
        self._holder = holder
        self._now = now
        self._tell = tell
        self._owed = asyncio.Event()
        self._swept_at: datetime | None = None
        self._told = ""
        self._is_ending = False

    def wake(self) -> None:
        """Say that a mail is owed."""
        self._owed.set()

    def end(self) -> None:
        """Say that it is to end once the mails that it has in hand are through."""
        self._is_ending = True
        self._owed.set()

    async def run(self) -> None:
        """Work until `end`. Whatever fails is told once, and tried again."""
        while not self._is_ending:
            self._owed.clear()
            try:
                is_more = await self.deliver()
                await self._sweep()
                self._told = ""
            except CampaignerError as error:
                is_more = False
                self._tell_once(error.faults[0])
            except (
                Exception
            ) as error:  # a mail that cannot be composed must not keep all others back for ever
                is_more = False
                self._tell_once(bug_of(error))
            if not is_more and not self._is_ending:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._owed.wait(), PAUSE)

    async def deliver(self) -> bool:
        """Let mails leave that are due; whether there may be more."""
        mails = await to_thread.run_sync(self._claim)
        for mail in mails:
            await self._deliver(mail)
        return len(mails) == AT_ONCE

    def _claim(self) -> tuple[Mail, ...]:
        with self._database.writing() as connection:
            return outgoing.claim(connection, holder=self._holder, now=self._now(), hold=HOLD, most=AT_ONCE)

    async def _deliver(self, mail: Mail) -> None:
        try:
            message = mail.message
            if message is None:
                message = await self._composed(mail)
                if message is None:  # they left, or somebody else has it
                    return
            sender = self._house.publication.settings.sender.address
            envelope = Envelope(sender=sender, recipient=mail.recipient, message=message)
            await to_thread.run_sync(self._carrier.send, envelope)
        except Undelivered as error:
            await to_thread.run_sync(self._failed, mail, str(error), error.for_good)
            self._tell_once(Fault(path="signup.mail", message=one_line(str(error))))
        except CampaignerError as error:  # a template, which somebody will mend
            await to_thread.run_sync(self._failed, mail, str(error.faults[0]), False)
            self._tell_once(error.faults[0])
        except Exception as error:
            fault = bug_of(error)
            await to_thread.run_sync(self._failed, mail, str(fault), False)
            self._tell_once(fault)
        else:
            await to_thread.run_sync(self._sent, mail)

    async def _composed(self, mail: Mail) -> bytes | None:
        """Compose a mail and keep it as it is, so that it leaves with the same bytes however often it is tried."""
        person = await to_thread.run_sync(self._person, mail)
        if person is None:
            return None
        message = await self._house.run(lambda: self._message(mail, person))

        def keep() -> bool:
            with self._database.writing() as connection:
                return outgoing.keep(connection, mail.id, holder=self._holder, message=message)

        return message if await to_thread.run_sync(keep) else None

    def _person(self, mail: Mail) -> Subscriber | None:
        with self._database.writing() as connection:
            return by_id(connection, mail.subscriber)

    def _message(self, mail: Mail, person: Subscriber) -> bytes:
        pages = self._house.pages(mail.campaign)
        if pages is None:
            raise Undelivered("the campaign of this sign-up is not there any more")
        settings: SignUp = self._house.publication.settings.signup
        keys, now = self._keys, self._now()
        if mail.kind == Kind.CONFIRMATION:
            until = now + timedelta(days=settings.confirm_days)
            token = confirm_token(keys, person.id, mail.request or "", until=until)
            letter = Letter(
                pages=pages,
                kind=mail.kind,
                confirm_url=f"{self._base_url}confirm/{token}",
                # what was not confirmed is erased then, whatever the link says
                days=min(settings.confirm_days, settings.pending_days),
            )
        else:
            letter = Letter(
                pages=pages,
                kind=mail.kind,
                unsubscribe_url=f"{self._base_url}unsubscribe/{unsubscribe_token(keys, person.digest)}",
                preferences_url=f"{self._base_url}preferences/{preferences_token(keys, person.id)}",
            )
        try:
            return letter.message(mail.recipient, date=now)
        except ValueError as error:
            raise Undelivered(f"the mail cannot be written: {error}", for_good=True) from None

    def _sent(self, mail: Mail) -> None:
        with self._database.writing() as connection:
            outgoing.sent(connection, mail.id, holder=self._holder, now=self._now())

    def _failed(self, mail: Mail, reason: str, for_good: bool) -> None:
        with self._database.writing() as connection:
            outgoing.failed(
                connection, mail.id, holder=self._holder, now=self._now(), error=reason, for_good=for_good
            )

    async def _sweep(self) -> None:
        if self._swept_at is not None and self._now() < self._swept_at + HOUR:
            return
        settings: SignUp = self._house.publication.settings.signup

        def sweep() -> bool:
            LimitsStore(self._database).sweep()
            with self._database.writing() as connection:
                return erase_stale(
                    connection,
                    now=self._now(),
                    pending_days=settings.pending_days,
                    origin_days=settings.origin_days,
                ).is_more

        while await to_thread.run_sync(sweep):
            pass
        self._swept_at = self._now()

    def _tell_once(self, fault: Fault) -> None:
        """Tell what is wrong, and not again until it has changed."""
        if str(fault) != self._told:
            self._told = str(fault)
            self._tell(fault)
