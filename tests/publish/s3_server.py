"""An S3 server on loopback: moto, over HTTP, and one in front of it that fails where a test wants it to."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import urlopen

import urllib3

from campaigner.value import Value
from publish.ssh_server import free_port

PATIENCE = 60
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAOFATEST", "AWS_SECRET_ACCESS_KEY": "a-secret-of-a-test"}


class Storage(Value):
    """A server that has buckets."""

    #: http://127.0.0.1:port
    endpoint: str

    def make(self, bucket: str) -> None:
        assert urllib3.request("PUT", f"{self.endpoint}/{bucket}").status == 200

    def put(self, bucket: str, key: str, content: bytes) -> None:
        self._ask("put_object", Bucket=bucket, Key=key, Body=content)

    def remove(self, bucket: str, key: str) -> None:
        self._ask("delete_object", Bucket=bucket, Key=key)

    def tree(self, bucket: str) -> dict[str, bytes]:
        """All objects, by key, as they lie there."""
        found = self._ask("list_objects_v2", Bucket=bucket)
        assert not found["IsTruncated"]
        keys = [one["Key"] for one in found.get("Contents", ())]
        return {key: self._ask("get_object", Bucket=bucket, Key=key)["Body"].read() for key in keys}

    def headers(self, bucket: str, key: str) -> dict[str, str]:
        """What it tells with an object, as a reader's browser is told."""
        told = self._ask("head_object", Bucket=bucket, Key=key)["ResponseMetadata"]["HTTPHeaders"]
        return dict(told)

    def _ask(self, what: str, **given: object) -> Any:
        return getattr(_client(self.endpoint), what)(**given)


@cache
def _client(endpoint: str) -> Any:
    import boto3

    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="someone",
        aws_secret_access_key="else",
    )


@contextmanager
def storage() -> Iterator[Storage]:
    """A server without buckets, as a process of its own."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
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
