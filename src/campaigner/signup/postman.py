"""Composes the mails that are owed and lets them leave, after everybody was answered; and erases what is old."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from anyio import to_thread
from sqlalchemy import Connection

from campaigner.audience import outgoing
from campaigner.audience.leaving import erase_stale
from campaigner.audience.outgoing import Kind, Mail
from campaigner.audience.storage.database import Database
from campaigner.audience.storage.gathering import Gathering
from campaigner.audience.storage.limits_store import LimitsStore
from campaigner.audience.subscribers import Subscriber, by_id
from campaigner.errors import CampaignerError, Fault, one_line
from campaigner.model.settings import SignUp
from campaigner.render.letters import Letter
from campaigner.signup.failing import bug_of
from campaigner.signup.house import House
from campaigner.signup.tokens import Keys, confirm_token, preferences_token, unsubscribe_token
from campaigner.transport.carrier import Carrier, Envelope, Undelivered
from campaigner.value import Value, replace

#: how long a mail that is being sent is nobody else's
HOLD = timedelta(minutes=5)
#: how much of that may be over when it leaves: a mail server is given minutes for one mail, and others wait behind it
HELD_LONG = timedelta(minutes=1)
#: seconds until somebody looks for mails that others owe, or that are tried again
PAUSE = 5.0
#: between two times that old things are looked for
HOUR = timedelta(hours=1)
AT_ONCE = 10
#: seconds that a mail waits at most for those who wait for an answer
POLITE = 0.1


class Claimed(Value):
    """A mail that is this process's for now, and whom it is to."""

    mail: Mail
    #: None where they left, and for a mail that was composed before
    person: Subscriber | None


class Postman:
    """One in each process; no two of them have the same mail."""

    def __init__(
        self,
        *,
        database: Database,
        gathering: Gathering,
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
        self._gathering = gathering
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
        """Say that it is to end once the mail that leaves now is through."""
        self._is_ending = True
        self._owed.set()

    async def run(self) -> None:
        """Work until `end`. Whatever fails is told once, and tried again."""
        while not self._is_ending:
            self._owed.clear()
            try:
                is_more = await self.deliver()
                await self._sweep()
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
        claimed_at = self._now()
        claimed = await self._gathering.done(self._claim)
        composed = [mail for one in claimed if (mail := await self._composed(one)) is not None]
        # as it is, so that it leaves with the same bytes however often it is tried
        kept = await self._gathering.done(lambda connection: self._kept(connection, composed))
        # what is noted of one is on its way to the disk while the next one leaves
        notes = [await self._delivered(mail) for mail in kept if await self._may_leave(mail, claimed_at)]
        for note in notes:
            await note
        return len(claimed) == AT_ONCE

    def _claim(self, connection: Connection) -> list[Claimed]:
        mails = outgoing.claim(connection, holder=self._holder, now=self._now(), hold=HOLD, most=AT_ONCE)
        return [  # nobody waits here: whoever changes a person wants their mails next
            Claimed(
                mail=mail, person=None if mail.message else by_id(connection, mail.subscriber, change=False)
            )
            for mail in mails
        ]

    def _kept(self, connection: Connection, composed: Sequence[Mail]) -> list[Mail]:
        """Those that nobody else has by now; their persons may have left meanwhile, and their mails with them."""
        return [
            mail
            for mail in composed
            if outgoing.keep(connection, mail.id, holder=self._holder, message=mail.message or b"")
        ]

    async def _may_leave(self, mail: Mail, since: datetime) -> bool:
        """Whether a mail that was claimed then is still nobody else's, and for long enough; none is, at the end."""
        now = self._now()
        if not self._is_ending and now - since < HELD_LONG:
            return True
        until = now if self._is_ending else now + HOLD
        is_held = await self._gathering.done(
            lambda connection: outgoing.hold(connection, mail.id, holder=self._holder, until=until)
        )
        return is_held and until > now

    async def _composed(self, claimed: Claimed) -> Mail | None:
        mail, person = claimed.mail, claimed.person
        if mail.message is not None:
            return mail
        if person is None:  # they left
            return None
        await self._let_others_go_first()
        try:
            return replace(mail, message=await self._house.run(lambda: self._message(mail, person)))
        except Exception as error:
            await self._failed(mail, error)
            return None

    async def _let_others_go_first(self) -> None:
        """Whoever waits for an answer is not to wait for a mail; but no mail waits for ever."""
        end = asyncio.get_running_loop().time() + POLITE
        while self._gathering.unanswered and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(POLITE / 10)

    async def _delivered(self, mail: Mail) -> "asyncio.Task[bool]":
        """Let a mail leave; gives what is being noted of it."""
        sender = self._house.publication.settings.sender.address
        envelope = Envelope(sender=sender, recipient=mail.recipient, message=mail.message or b"")
        try:
            await to_thread.run_sync(self._carrier.send, envelope)
        except Exception as error:
            return self._failed(mail, error)
        now, self._told = self._now(), ""
        return self._noted(
            lambda connection: outgoing.sent(connection, mail.id, holder=self._holder, now=now)
        )

    def _failed(self, mail: Mail, error: Exception) -> "asyncio.Task[bool]":
        """Tell why a mail did not leave, and note it."""
        for_good, now = isinstance(error, Undelivered) and error.for_good, self._now()
        if isinstance(error, Undelivered):
            reason, fault = str(error), Fault(path="signup.mail", message=one_line(str(error)))
        elif isinstance(error, CampaignerError):  # a template, which somebody will mend
            reason, fault = str(error.faults[0]), error.faults[0]
        else:
            fault = bug_of(error)
            reason = str(fault)
        self._tell_once(fault)
        return self._noted(
            lambda connection: outgoing.failed(
                connection, mail.id, holder=self._holder, now=now, error=reason, for_good=for_good
            )
        )

    def _noted(self, work: Callable[[Connection], bool]) -> "asyncio.Task[bool]":
        return asyncio.create_task(self._gathering.done(work))

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

    async def _sweep(self) -> None:
        if self._swept_at is not None and self._now() < self._swept_at + HOUR:
            return
        settings: SignUp = self._house.publication.settings.signup

        def sweep() -> bool:
            LimitsStore(self._database).sweep()
            erase = partial(
                erase_stale,
                now=self._now(),
                pending_days=settings.pending_days,
                origin_days=settings.origin_days,
            )
            return self._database.write(erase).is_more

        while await to_thread.run_sync(sweep):
            pass
        self._swept_at = self._now()

    def _tell_once(self, fault: Fault) -> None:
        """Tell what is wrong, and not again until it has changed, or a mail has left."""
        if str(fault) != self._told:
            self._told = str(fault)
            self._tell(fault)
