"""HTTP with an end to patience: who sends or reads slowly is cut, and so is who waits longest where too many come.

uvicorn waits for the head of a request for ever: its only limit is for a connection on which nothing comes between
two requests, and each byte begins that anew. Bodies have their limit where they are read (requests.py).
"""

from asyncio import BaseTransport, TimerHandle
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

#: seconds in which the head of a request must have come, from the connection or from its first byte
HEAD_SECONDS = 10.0
#: seconds in which somebody must have read so much of an answer that the rest of it can be sent
READ_SECONDS = 30.0
#: of a process; a system lets a program have 1,024 files open where nobody asks for more
MOST_CONNECTIONS = 500
#: RFC 9110 section 15.5.9
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Patience(H11Protocol):
    """A connection of uvicorn's, which is cut where it is slow."""

    #: connections on which no request is answered now, the longest waiting first; all of the process
    idle: dict["Patience", None] = {}  # noqa: RUF012

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what uvicorn gives."""
        super().__init__(*args, **options)
        self._head_timer: TimerHandle | None = None
        self._read_timer: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Wait for the head of a request, and cut who has waited longest where there are too many."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self.idle[self] = None
        self._wait_for_head()
        if len(self.connections) > MOST_CONNECTIONS:
            next(iter(self.idle)).transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read on."""
        super().data_received(data)
        if self._is_answering:
            self.idle.pop(self, None)
            self._end_head_timer()
        else:
            self._wait_for_head()

    def on_response_complete(self) -> None:
        """Be idle again, unless the next request came along with this one; the answer must be read, too."""
        super().on_response_complete()
        if not self._is_answering and not self.transport.is_closing():
            self.idle[self] = None
        if self.transport.get_write_buffer_size():
            self._wait_for_reader()

    def pause_writing(self) -> None:
        """Wait for somebody who reads slowly."""
        super().pause_writing()
        self._wait_for_reader()

    def resume_writing(self) -> None:
        """Go on: they have read."""
        super().resume_writing()
        self._end_read_timer()

    def connection_lost(self, error: Exception | None) -> None:
        """End."""
        super().connection_lost(error)
        self.idle.pop(self, None)
        self._end_head_timer()
        self._end_read_timer()

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._cut)

    def _wait_for_reader(self) -> None:
        if self._read_timer is None:
            self._read_timer = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def _cut(self) -> None:
        self.transport.write(TOO_SLOW)
        self.transport.close()

    def _end_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _end_read_timer(self) -> None:
        if self._read_timer is not None:
            self._read_timer.cancel()
            self._read_timer = None
