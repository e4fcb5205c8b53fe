"""Sends sign-ups at a constant rate, whether the ones before were answered or not, and says when each was answered.

Run as a program: `python sender.py PORT PATH RATE SECONDS`. It prints one line of JSON: for each sign-up in the
order of their numbers `[status, seconds]`. The seconds count from the moment at which it was due, and not from that
at which it could be sent: where answers are late, all that had to wait behind them is late too (what is known as
coordinated omission leaves that out). The status is 0 where nothing was answered.
"""

import asyncio
import json
import sys
import time
from collections import deque

#: connections are kept, as a web server in front keeps them; where all are busy one more is opened
MOST_CONNECTIONS = 1000
#: seconds that the last ones may take
PATIENCE = 60.0
#: as a browser sends it, through a web server that adds whose it was
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: benchmark.example\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
    "Origin: https://benchmark.example\r\nReferer: https://benchmark.example/join/\r\n"
    "X-Forwarded-For: {client}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
)
END = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"


class Connection(asyncio.Protocol):
    """One connection, with one request at a time."""

    def __init__(self, sender: "Sender") -> None:
        self.sender, self.number, self.come = sender, -1, b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self, number: int) -> None:
        """Send the sign-up of a number."""
        assert self.transport is not None
        self.number = number
        self.transport.write(self.sender.request(number))

    def data_received(self, data: bytes) -> None:
        """Note the answer, once it is whole (RFC 9112), and be free for the next one."""
        self.come += data
        end = self.come.find(END)
        if end < 0:
            return
        head = self.come[:end].lower()
        if len(self.come) < end + len(END) + int(head.partition(LENGTH)[2].partition(b"\r\n")[0] or 0):
            return
        number, self.number, self.come = self.number, -1, b""
        self.sender.answered(number, int(head[9:12]), self)

    def connection_lost(self, error: Exception | None) -> None:
        """Say so: what was not answered never will be."""
        self.sender.lost(self.number, self)


class Sender:
    """Sends all of them."""

    def __init__(self, port: int, path: str, rate: float, seconds: float) -> None:
        self.port, self.path, self.rate = port, path, rate
        self.results: list[tuple[int, float]] = [(0, 0.0)] * int(rate * seconds)
        self.free: deque[Connection] = deque()
        self.waiting: deque[int] = deque()
        self.connections, self.left = 0, len(self.results)
        self.began = 0.0
        self.done = asyncio.Event()

    async def run(self) -> None:
        """Send each when it is due; end when all were answered, or nobody answers any more."""
        self.began = time.perf_counter() + 0.1
        for number in range(len(self.results)):
            pause = self._due(number) - time.perf_counter()
            if pause > 0:
                await asyncio.sleep(pause)
            self._send(number)
        await asyncio.wait_for(self.done.wait(), PATIENCE)

    def request(self, number: int) -> bytes:
        """Somebody's form, from an address of their own."""
        body = f"name=Reader+{number}&email=reader-{number}%40clinic.example&website=&consent=yes"
        client = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return HEAD.format(path=self.path, client=client, length=len(body), body=body).encode()

    def answered(self, number: int, status: int, connection: Connection) -> None:
        """Note an answer."""
        self._note(number, status)
        if self.waiting:
            connection.send(self.waiting.popleft())
        else:
            self.free.append(connection)

    def lost(self, number: int, connection: Connection) -> None:
        """Note that there will be no answer."""
        self.connections -= 1
        if connection in self.free:
            self.free.remove(connection)
        if number >= 0:
            self._note(number, 0)

    def _send(self, number: int) -> None:
        # the one that was used longest ago: so none is idle until the server closes it
        if self.free:
            self.free.popleft().send(number)
        elif self.connections < MOST_CONNECTIONS:
            self.connections += 1
            self._opening = asyncio.create_task(self._open(number))
        else:
            self.waiting.append(number)

    async def _open(self, number: int) -> None:
        loop = asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(lambda: Connection(self), "127.0.0.1", self.port)
        except OSError:
            self.connections -= 1
            self._note(number, 0)
        else:
            connection.send(number)

    def _note(self, number: int, status: int) -> None:
        self.results[number] = (status, time.perf_counter() - self._due(number))
        self.left -= 1
        if not self.left:
            self.done.set()

    def _due(self, number: int) -> float:
        return self.began + number / self.rate


async def main(port: str, path: str, rate: str, seconds: str) -> None:
    """Send, and tell."""
    sender = Sender(int(port), path, float(rate), float(seconds))
    try:
        await sender.run()
    finally:
        print(json.dumps(sender.results))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
