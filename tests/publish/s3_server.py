"""An S3 server on loopback: moto, over HTTP, and one in front of it that fails where a test wants it to."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote
from urllib.request import urlopen
from xml.etree import ElementTree

import urllib3

from campaigner.value import Value
from publish.ssh_server import free_port

PATIENCE = 60
#: moto's S3 alone: its own way in looks through folders for each request, which of many services is meant
SERVER = """
import sys
from moto.moto_server.werkzeug_app import create_backend_app
from werkzeug.serving import run_simple

storage, control = create_backend_app("s3"), create_backend_app("moto_api")

def answer(environ, start):
    is_control = environ["PATH_INFO"].startswith("/moto-api")
    return (control if is_control else storage)(environ, start)

run_simple("127.0.0.1", int(sys.argv[1]), answer, threaded=True)
"""
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAOFATEST", "AWS_SECRET_ACCESS_KEY": "a-secret-of-a-test"}


class Storage(Value):
    """A server that has buckets."""

    #: http://127.0.0.1:port
    endpoint: str

    def make(self, bucket: str) -> None:
        self._ask("PUT", bucket)

    def empty(self) -> None:
        """Have no buckets."""
        self._ask("POST", "moto-api/reset")

    def put(self, bucket: str, key: str, content: bytes) -> None:
        self._ask("PUT", bucket, key, content)

    def remove(self, bucket: str, key: str) -> None:
        self._ask("DELETE", bucket, key)

    def get(self, bucket: str, key: str) -> bytes:
        return self._ask("GET", bucket, key).data

    def tree(self, bucket: str, prefix: str = "") -> dict[str, bytes]:
        """All objects, by key, as they lie there; or those whose keys begin so."""
        listed = ElementTree.fromstring(self._ask("GET", f"{bucket}?list-type=2&prefix={quote(prefix)}").data)
        assert listed.findtext("{*}IsTruncated") == "false"
        keys = [one.text or "" for one in listed.iterfind("{*}Contents/{*}Key")]
        return {key: self.get(bucket, key) for key in keys}

    def headers(self, bucket: str, key: str) -> dict[str, str]:
        """What it tells with an object, as a reader's browser is told."""
        return {name.lower(): value for name, value in self._ask("HEAD", bucket, key).headers.items()}

    def _ask(self, method: str, bucket: str, key: str = "", content: bytes = b"") -> urllib3.BaseHTTPResponse:
        address = f"{self.endpoint}/{bucket}" + (f"/{quote(key)}" if key else "")
        answer = POOL.request(method, address, body=content, decode_content=False)
        assert answer.status in {200, 204}, (address, answer.status, answer.data)
        return answer


#: as somebody else who has keys, of which the server takes any
POOL = urllib3.PoolManager(retries=False, headers={"Authorization": "AWS someone:else"})


@contextmanager
def storage() -> Iterator[Storage]:
    """A server without buckets, as a process of its own."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=clean,
    )
    found = Storage(endpoint=f"http://127.0.0.1:{port}")
    try:
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            try:
                urlopen(f"{found.endpoint}/moto-api/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        assert process.poll() is None
        yield found
    finally:
        process.terminate()
        process.wait(PATIENCE)


class Answer(Value):
    """What a server says."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}


#: what becomes of a request, by method, path and body: None for what the server behind it says, and
#: "lost" for that answer not to arrive
Rule = Callable[[str, str, bytes], "Answer | str | None"]


def error(status: int, code: str, **headers: str) -> Answer:
    """An error as S3 words it, with what is none of the screen's business."""
    body = (
        f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>No.</Message>"
        f"<AWSAccessKeyId>{KEYS['AWS_ACCESS_KEY_ID']}</AWSAccessKeyId><StringToSign>x</StringToSign></Error>"
    )
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, body=body.encode(), headers={"Content-Type": "application/xml", **told})


@contextmanager
def in_front(behind: str, rule: Rule) -> Iterator[str]:
    """A server that answers by a rule, or has one behind it answer; gives its address."""
    pool = urllib3.PoolManager(retries=False, maxsize=64)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = rule(self.command, self.path, body)
            if not isinstance(told, Answer):
                headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
                answer = pool.request(
                    self.command, behind + self.path, body=body, headers=headers, decode_content=False
                )
                left_out = ("content-length", "transfer-encoding", "connection", "server", "date")
                kept = {name: value for name, value in answer.headers.items() if name.lower() not in left_out}
                if self.command == "HEAD":
                    kept["Content-Length"] = answer.headers.get("Content-Length", "0")
                if told == "lost":
                    self.close_connection = True
                    return
                told = Answer(status=answer.status, body=answer.data, headers=kept)
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in told.headers:
                self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(told.body)

        def log_message(self, *arguments: object) -> None:
            pass

    for method in ("GET", "PUT", "HEAD", "POST", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.handle_any)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
