"""A server that takes all that is put to it and says so, as fast as Python can: what is measured is the client.

Run as a program: it tells its port, and ends with the process that started it.
"""

import asyncio

ANSWER = b'HTTP/1.1 200 OK\r\nETag: "0"\r\nContent-Length: 0\r\n\r\n'
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
END = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"


class Sink(asyncio.Protocol):
    """One connection, over which one request comes after another (RFC 9112)."""

    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.come, self.is_waited_for = transport, b"", False

    def data_received(self, data: bytes) -> None:
        """Answer each request that has come as a whole."""
        self.come += data
        while (end := self.come.find(END)) >= 0:
            head = self.come[:end].lower()
            whole = end + len(END) + int(head.partition(LENGTH)[2].partition(b"\r\n")[0] or 0)
            if len(self.come) < whole:
                # boto3 asks first
                if b"\r\nexpect: 100-continue" in head and not self.is_waited_for:
                    self.is_waited_for = True
                    self.transport.write(GO_ON)
                return
            self.come, self.is_waited_for = self.come[whole:], False
            self.transport.write(ANSWER)


async def serve() -> None:
    """Tell the port, and serve."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
