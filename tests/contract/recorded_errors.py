#!/usr/bin/env python3
"""recorded_errors.py [--write]: asks gateway_server.py for each error body that tests/fixtures/errors keeps
as recorded, and compares the bytes, or writes them: the parser is tested with what the framework really says.
"""

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import gateway_server as gateway  # noqa: E402

FIXTURES = Path(__file__).parent.parent / 'fixtures' / 'errors'
CONVERSATION = next(iter(gateway.service.conversations))


def stop(agent, conversation=CONVERSATION):
    return 'POST', f'/v1/agents/{agent}/gateway/conversations/{conversation}/stop'


# fixture: (status, (verb, path), body)
RECORDED = {
    'v1-body-not-a-boolean.json': (422, stop(gateway.BILLING), '{"clear_queue":"maybe"}'),
    'v1-body-null.json': (422, stop(gateway.BILLING), '{"clear_queue":null}'),
    'v1-body-missing.json': (422, stop(gateway.BILLING), None),
    'v1-body-not-an-object.json': (422, stop(gateway.BILLING), '[1,2]'),
    'v1-body-json-position.json': (422, stop(gateway.BILLING), '{"clear_queue":true,}'),
    'v1-body-not-permitted.json': (422, stop(gateway.PICKY), '{"clear_queue":true}'),
    'v1-path-conversation.json': (422, stop(gateway.BILLING, 'nonsense'), '{"clear_queue":true}'),
    'v1-path-and-body.json': (422, stop('nonsense', 'nonsense'), '{"clear_queue":"maybe"}'),
    'v1-several-of-a-right-request.json': (422, stop(gateway.GREEDY), '{"clear_queue":true}'),
    'v1-query.json': (422, ('GET', '/v1/agents?page=0&per_page=99'), None),
    'string-not-found.json': (404, stop(gateway.BILLING, gateway.ORGANIZATION), '{"clear_queue":true}'),
    'string-no-such-route.json': (404, ('GET', '/v2/agents'), None),
    'string-method-not-allowed.json': (405, ('DELETE', '/v1/agents'), None),
    'string-key-refused.json': (401, ('GET', '/v1/agents'), None),
}


def ask(base, fixture, verb, path, body):
    headers = {} if 'key-refused' in fixture else {'x-api-key': 'test-key'}
    if body is not None:
        headers['content-type'] = 'application/json'
    request = urllib.request.Request(base + path, method=verb, headers=headers,
                                     data=None if body is None else body.encode())
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def differs(base, fixture, write):
    expected, (verb, path), body = RECORDED[fixture]
    status, answer = ask(base, fixture, verb, path, body)
    file = FIXTURES / fixture
    if write and status == expected:
        file.write_bytes(answer)
    if status == expected and file.is_file() and file.read_bytes() == answer:
        return False
    print(f'{fixture}: not what the server says: {status} {answer.decode()}')
    return True


def main():
    server = subprocess.Popen([sys.executable, '-B', gateway.__file__], stdout=subprocess.PIPE, text=True)
    try:
        base = f'http://127.0.0.1:{int(server.stdout.readline())}'
        wrong = [fixture for fixture in RECORDED if differs(base, fixture, '--write' in sys.argv)]
    finally:
        server.kill()
        server.wait()
    print(f'{len(RECORDED)} bodies asked for, {len(wrong)} differ')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
