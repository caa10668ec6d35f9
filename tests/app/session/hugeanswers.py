#!/usr/bin/env python3
"""A service whose answers are too much, in one way: hugeanswers.py KIND. Says its port, then serves until it is ended.
A process of its own: what it keeps is not counted."""

import functools
import http.server
import json
import sys
import urllib.parse

KIND = sys.argv[1]
MEBIBYTE = 1024 * 1024
ENDLESS = 2_000_000_000  # pages


def row(number, state, **more):
    return {"id": f"c-{number}", "agent_id": "a-1", "status": state, "title": f"T {number}", **more}


def long_row(number, state):
    """Each text as long as it is taken, none like another."""
    ids = {name: f"{number:>010}".ljust(100, "i") for name in ("id", "agent_id", "user_id", "parent_task_id")}
    return row(number, state, source_node_type=f"{number}".ljust(40, "s"), **ids) | {
        "title": f"{number}".ljust(200, "\u00e9")}


def page_of(rows, number, pages=ENDLESS):
    return json.dumps({"items": rows, "page": number, "total_pages": pages, "total": pages * 50}).encode()


@functools.cache
def rows_in(size, state, title):
    """A page of so many bytes of rows, each with an id that begins with "NUMBER"."""
    def one(i):
        return row(f"NUMBER-{i:05}", state) | {"title": title}
    return page_of([one(i) for i in range(size // (len(json.dumps(one(0))) + 2))], 1)


TITLES = {"rows": "A long title " * 50, "small-rows": "A title"}
NESTED = b"[" * 1000 + b"]" * 1000
WHOLE = {
    "nested": b"[" + b",".join([NESTED] * (8 * MEBIBYTE // 2001 - 1)) + b"]",
    "brackets": b"[" + b"[1]," * (2 * MEBIBYTE - 2) + b"1]",
    "error": b'{"detail":"' + b"too much " * (8 * MEBIBYTE // 9) + b'"}',
    "nested-error": b'{"detail":[' + b",".join([NESTED] * 4000) + b"]}",
    "page-error": b"<html><title>no</title>" + b"<script " * MEBIBYTE,
}


def answer(path, query):
    """Status and body."""
    number = int(query.get("page", ["1"])[0])
    state = query.get("status", ["completed"])[0]
    if path == "/v1/agents":
        agents = [{"id": f"a-{number}-{i}", "name": f"Agent {i}", "status": "ACTIVE"} for i in range(50)]
        return 200, page_of(agents if KIND == "agents" else agents[:1], number, ENDLESS if KIND == "agents" else 1)
    if "error" in KIND:
        return 500, WHOLE[KIND]
    if path != "/v1/tasks":
        return 200, b'{"id":"c-1","agent_id":"a-1","conversation_id":"c-1","is_running":true,"title":"%s"}' % (
            b"x" * (8 * MEBIBYTE if KIND == "things" else 1))
    if KIND in WHOLE:
        return 200, b'{"items":' + WHOLE[KIND] + b"}"
    if KIND in TITLES:
        return 200, rows_in(8 * MEBIBYTE - 1024, state, TITLES[KIND]).replace(b"NUMBER", b"%06d" % number)
    if KIND == "texts":
        return 200, page_of([row(number * 50 + i, state) | {"title": "\u00e9" * 26_000} for i in range(50)], number)
    if KIND == "endless":
        return 200, page_of([long_row(number * 50 + i, state) for i in range(50)], number)
    return 200, page_of([row(1, state)] if state == "executing" else [], number, 1)


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        where = urllib.parse.urlsplit(self.path)
        status, body = answer(where.path, urllib.parse.parse_qs(where.query))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # who asked had enough


server = Server(("127.0.0.1", 0), Service)
print(server.server_port, flush=True)
server.serve_forever()
