"""One session of each kind under strace: to which addresses the program turns. They are its own service's, or its
proxy's, those of the resolver, and local sockets; nothing else.

    tests/support/desktop.sh python3 tests/endtoend/origin.py --shots FOLDER build/dev/app/stopdesk

STOPDESK_KINDS says which kinds, with commas between them; "keyless" wants a desktop without a keychain. Where no program
may be traced it says so and ends with 77: not run.
"""
import collections
import contextlib
import os
import re
import socket
import subprocess
import sys
import threading

from connect import NAME, lists_agents
from screen import BUTTON, CHECK_BOX, ENABLED, TABLE, Failed, Screen, has, say, script
from service import KEY_FIELD, Service, fill, wait_until_closed

KEY = "canary-Key/7f3a+origin=43"
SKIPPED = 77
CHOICE = CHECK_BOX + ("radio button",)
TOGGLE = CHECK_BOX + ("toggle button",)
RUNNING = "Stops after three reads"
CERTIFICATES = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support", "certificates.sh")
CALL = re.compile(r'\d+ +(?:<\.\.\. )?(\w+)')
ADDRESS = re.compile(r'\{sa_family=(AF_\w+)(?:, sin6?_port=htons\((\d+)\))?'
                     r'(?:[^}]*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)")?')
LOCAL = ("AF_UNIX", "AF_NETLINK", "AF_UNSPEC")
LOOPBACK = ("127.0.0.1", "::1")


class Proxy:
    """Tunnels to one port of this machine, whatever host is named."""

    def __init__(self, target):
        self.target = target
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.tunnels = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self._tunnel, args=(client,), daemon=True).start()

    def _tunnel(self, client):
        with client, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                more = client.recv(4096)
                if not more:
                    return
                head += more
            if not head.startswith(b"CONNECT "):
                return client.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            self.tunnels += 1
            with socket.create_connection(("127.0.0.1", self.target)) as service:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                back = threading.Thread(target=pump, args=(service, client), daemon=True)
                back.start()
                pump(client, service)
                back.join()


def pump(source, sink):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


def resolvers():
    with open("/etc/resolv.conf", encoding="utf-8") as lines:
        return [line.split()[1] for line in lines if line.startswith("nameserver")]


def turned_to(trace):
    """How often each address was named in a call: {(call, family, host, port): times}."""
    found = collections.Counter()
    with open(trace, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            for family, port, host in ADDRESS.findall(line):
                found[CALL.match(line)[1], family, host, int(port or 0)] += 1
    return found


def check(kind, trace, ports):
    """`ports`: of its own service or proxy; none for a demo, which is its own service."""
    found = turned_to(trace)
    if not ports:
        ports = {port for call, _, host, port in found if call == "getsockname" and host in LOOPBACK}
    own = 0
    for (call, family, host, port), times in sorted(found.items()):
        if call == "getsockname" or family in LOCAL:
            continue
        is_own = host in LOOPBACK and port in ports
        is_resolver = host in resolvers() and port == 53
        own += times * is_own
        say(f"{kind}: {call} {host} port {port}, {times} times" + (", the resolver" if is_resolver else ""))
        if not is_own and not is_resolver:
            raise Failed(f"{kind}: the program turned to {family} {host}, port {port} ({call})")
    if own == 0:
        raise Failed(f"{kind}: it never turned to its own service: this looked in the wrong place")


def traced(command, trace):
    return ["strace", "-D", "-f", "-qq", "-e", "signal=none", "-o", trace,
            "-e", "trace=connect,sendto,sendmsg,sendmmsg,getsockname", *command]


def connect(screen, address, authority=None, read_only=False, save="Save"):
    screen.click(screen.find("Add a connection…", BUTTON))
    dialog = screen.window("Connection")
    fill(screen, dialog, "Connection name", NAME)
    fill(screen, dialog, "Base address", address)
    fill(screen, dialog, "API key", KEY, KEY_FIELD)
    # One box of its own, or one of two answers, of which none is given beforehand.
    answer = screen.look("Read-only" if read_only else "Can stop", CHOICE, dialog)
    if answer:
        screen.click(answer)
    if authority:
        screen.click(screen.find("Advanced", BUTTON + TOGGLE, dialog))
        fill(screen, dialog, "Certificate authority", authority)
    screen.click(screen.find(save, BUTTON, dialog))
    wait_until_closed(screen, "Connection")
    lists_agents(screen)


def use(screen, stops=True, title=RUNNING):
    """What a session does: looks, reads all again, and stops."""
    conversations = screen.find("Conversations", TABLE)
    number, _ = screen.row_where(conversations, lambda row: row["Title"] == title, f"conversation {title!r}")
    screen.click_row(conversations, number, "Title")
    screen.click(screen.find("Refresh", BUTTON))
    button = screen.find("Stop conversation…", BUTTON)
    if not stops:
        if has(button, ENABLED):
            raise Failed("a read-only connection should not offer to stop")
        return
    screen.click(button)
    screen.click(screen.find("Stop conversation", BUTTON, screen.window("Stop conversation?")))
    screen.row_where(screen.find("Stops", TABLE), lambda row: any("Stopped" in text for text in row.values()),
                     "proof of the stop", 60)


class Session:
    """The program, traced, with a home of its own."""

    def __init__(self, arguments, kind, *more):
        trace = os.path.abspath(f"{arguments.shots}/{kind}.trace")
        self.screen = Screen(traced([*arguments.command, *more], trace), f"{arguments.shots}/{kind}", deadline=40)

    def __enter__(self):
        return self.screen.__enter__()

    def __exit__(self, kind, value, traceback):
        if value is None:
            self.screen.close()
        self.screen.__exit__(kind, value, traceback)


def port_of(service):
    return int(service.address.rpartition(":")[2])


def demo(arguments, _):
    with Session(arguments, "demo", "--demo") as screen:
        use(screen, title="Stops at once")
    check("demo", f"{arguments.shots}/demo.trace", set())


def plain(arguments, _):
    """By name, the key from the keychain in a second run."""
    with Service(KEY) as service:
        with Session(arguments, "plain") as screen:
            connect(screen, f"http://localhost:{port_of(service)}")
            use(screen)
        check("plain", f"{arguments.shots}/plain.trace", {port_of(service)})
        with Session(arguments, "plain-again") as screen:
            lists_agents(screen)
        check("plain-again", f"{arguments.shots}/plain-again.trace", {port_of(service)})


def authority(arguments, certificates):
    with Service(KEY, "--certificate", f"{certificates}/good.pem") as service:
        with Session(arguments, "authority") as screen:
            connect(screen, f"https://localhost:{port_of(service)}", f"{certificates}/authority.pem")
            use(screen)
        check("authority", f"{arguments.shots}/authority.trace", {port_of(service)})


def proxy(arguments, certificates):
    """The service's name is looked up by the proxy alone."""
    with Service(KEY, "--certificate", f"{certificates}/good.pem") as service:
        between = Proxy(port_of(service))
        os.environ["https_proxy"] = f"http://127.0.0.1:{between.port}"
        try:
            with Session(arguments, "proxy") as screen:
                connect(screen, f"https://service.test:{port_of(service)}", f"{certificates}/authority.pem")
                use(screen)
        finally:
            del os.environ["https_proxy"]
        check("proxy", f"{arguments.shots}/proxy.trace", {between.port})
        if between.tunnels == 0:
            raise Failed("nothing went through the proxy")


def readonly(arguments, _):
    with Service(KEY) as service:
        with Session(arguments, "readonly") as screen:
            connect(screen, service.address, read_only=True)
            use(screen, stops=False)
        check("readonly", f"{arguments.shots}/readonly.trace", {port_of(service)})


def keyless(arguments, _):
    with Service(KEY) as service:
        with Session(arguments, "keyless") as screen:
            connect(screen, service.address, save="Use for this session")
            use(screen)
        check("keyless", f"{arguments.shots}/keyless.trace", {port_of(service)})


KINDS = {each.__name__: each for each in (demo, plain, authority, proxy, readonly, keyless)}


def why_not_traced():
    tried = subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], capture_output=True, text=True, check=False)
    return tried.stderr.strip() if tried.returncode else ""


def run(arguments):
    if why := why_not_traced():
        say(f"NOT RUN: no program may be traced here: {why}")
        sys.exit(SKIPPED)
    os.makedirs(arguments.shots, exist_ok=True)
    certificates = os.path.join(os.environ["HOME"], "certificates")
    subprocess.run(["sh", CERTIFICATES, certificates], check=True, capture_output=True)
    home = os.environ["HOME"]
    for kind in os.environ.get("STOPDESK_KINDS", "demo,plain,authority,proxy,readonly").split(","):
        os.environ["HOME"] = os.path.join(home, kind)
        os.mkdir(os.environ["HOME"])
        KINDS[kind](arguments, certificates)


if __name__ == "__main__":
    script(run, "To which addresses the program turns.")
