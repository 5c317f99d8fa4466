"""A proxy that answers for the service's hosts with a sandbox, so that a client is led there without being changed.

Clients are told of it by HTTPS_PROXY, and of its certificates by SSL_CERT_FILE and the like. It connects to the sandbox and
to nothing else: what a client asks of other hosts is refused, and written down.

    python redirect.py SANDBOX_ADDRESS FOLDER HOST...

It writes `authority.pem` and `requests.ndjson` to the folder, and prints its own address when it is ready. It ends when its
standard input does.
"""

import http.client
import http.server
import json
import os
import pathlib
import ssl
import sys
import threading

import trustme

UPSTREAM, FOLDER, *HOSTS = sys.argv[1:]
FOLDER = pathlib.Path(FOLDER)
LOG = open(FOLDER / "requests.ndjson", "w", encoding="utf-8")
LOCK = threading.Lock()
# Of one connection, and what a body may hold.
TIMEOUT = 60
MAX_BODY = 16 << 20

authority = trustme.CA()
authority.cert_pem.write_to_path(str(FOLDER / "authority.pem"))
CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
authority.issue_cert(*HOSTS).configure_cert(CONTEXT)


def note(**entry):
    with LOCK:
        LOG.write(json.dumps(entry) + "\n")
        LOG.flush()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = TIMEOUT
    host = None

    def do_CONNECT(self):
        host = self.path.rpartition(":")[0]
        if host not in HOSTS:
            note(refused=host)
            self.send_error(403)
            self.close_connection = True
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.wfile.flush()
        self.connection = CONTEXT.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.host = host
        self.close_connection = False

    def pass_on(self):
        if self.host is None:
            note(refused=self.headers.get("Host", "?"))
            self.send_error(403)
            return
        length = int(self.headers.get("Content-Length", 0))
        if length > MAX_BODY or "Transfer-Encoding" in self.headers:
            self.send_error(413)
            self.close_connection = True
            return
        body = self.rfile.read(length) if length else None
        upstream = http.client.HTTPConnection(UPSTREAM, timeout=TIMEOUT)
        upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in ("connection", "proxy-connection", "keep-alive"):
                upstream.putheader(name, value)
        upstream.putheader("X-Forwarded-For", "127.0.0.1")
        upstream.putheader("X-Forwarded-Proto", "https")
        upstream.endheaders(body)
        answer = upstream.getresponse()
        content = answer.read()
        note(
            method=self.command,
            path=self.path,
            status=answer.status,
            overlooked=answer.getheader("X-Sandbox-Overlooked"),
        )
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        upstream.close()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        note(broken=str(sys.exc_info()[1]))


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"127.0.0.1:{server.server_address[1]}", flush=True)
sys.stdin.read()
os._exit(0)
