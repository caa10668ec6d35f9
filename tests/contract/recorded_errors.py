#!/usr/bin/env python3
"""recorded_errors.py [--write]: asks the framework for each error body that tests/fixtures/errors keeps as recorded, and
compares the bytes, or writes them: the parser is tested with what the framework really says. With pydantic 1 (Debian 12)
that is the family v1, from validating_server.py; with pydantic 2 (Debian 13) the family v2, from gateway_server.py and
pydantic2_errors.py.
"""

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pydantic

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import gateway_server as gateway  # noqa: E402

FIXTURES = HERE.parent / 'fixtures' / 'errors'
CONVERSATION = next(iter(gateway.service.conversations))


def stop(agent, conversation=CONVERSATION):
    return 'POST', f'/v1/agents/{agent}/gateway/conversations/{conversation}/stop'


def post(path):
    return 'POST', '/validate/' + path


def get(path):
    return 'GET', '/validate/' + path


# fixture: (status, (verb, path), body)
PLAIN = {
    'string-not-found.json': (404, stop(gateway.BILLING, gateway.ORGANIZATION), '{"clear_queue":true}'),
    'string-no-such-route.json': (404, ('GET', '/v2/agents'), None),
    'string-method-not-allowed.json': (405, ('DELETE', '/v1/agents'), None),
    'string-key-refused.json': (401, ('GET', '/v1/agents'), None),
}
V2 = {
    'v2-boolean.json': (422, stop(gateway.BILLING), '{"clear_queue":"canary"}'),
    'v2-boolean-number.json': (422, stop(gateway.BILLING), '{"clear_queue":2}'),
    'v2-boolean-null.json': (422, stop(gateway.BILLING), '{"clear_queue":null}'),
    'v2-boolean-list.json': (422, stop(gateway.BILLING), '{"clear_queue":["canary"]}'),
    'v2-body-list.json': (422, stop(gateway.BILLING), '["canary"]'),
    'v2-body-missing.json': (422, stop(gateway.BILLING), None),
    'v2-json-cut.json': (422, stop(gateway.BILLING), '{"clear_queue": tr'),
    'v2-strict-boolean.json': (422, stop(gateway.STRICT), '{"clear_queue":"canary"}'),
}
V1 = {
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
    'v1-json-empty.json': (422, post('strict'), ''),
    'v1-json-nothing-but-a-word.json': (422, post('strict'), 'canary'),
    'v1-json-cut.json': (422, post('strict'), '{"clear_queue": tr'),
    'v1-json-second-line.json': (422, post('strict'), '{"clear_queue": true,\n "canary" 1}'),
    'v1-json-more-behind.json': (422, post('strict'), '{"clear_queue": true} canary'),
    'v1-not-utf8.json': (400, post('strict'), b'{"clear_queue": "\xff"}'),
    'v1-strict-boolean.json': (422, post('strict'), '{"clear_queue": "canary"}'),
    'v1-extra.json': (422, post('strict'), '{"clear_queue": true, "color": "canary", "x": 2}'),
    'v1-list-of-models.json': (422, post('list'), '[{"n": 1}, {"n": 99}, {"name": "x"}]'),
    'v1-list-not-a-list.json': (422, post('list'), '{"canary": 1}'),
    'v1-list-index.json': (422, post('jobs'), '{"jobs": [{"n": 1}, {"n": 99, "name": "canary"}, {"n": "canary"}]}'),
    'v1-list-missing.json': (422, post('jobs'), '{}'),
    'v1-number.json': (422, post('values'), '{"integer": "canary", "number": -1.25, "decimal": "canary"}'),
    'v1-number-step.json': (422, post('values'), '{"number": 0.7}'),
    'v1-text.json': (422, post('values'), '{"text": "CANARY"}'),
    'v1-text-too-long.json': (422, post('values'), '{"text": "canarycanary"}'),
    'v1-times.json': (422, post('values'), '{"day": "canary", "moment": "canary"}'),
    'v1-link.json': (422, post('values'), '{"link": "canary"}'),
    'v1-uuid.json': (422, post('values'), '{"id": "canary"}'),
    'v1-enum.json': (422, post('values'), '{"color": "canary", "word": "canary"}'),
    'v1-union.json': (422, post('values'), '{"either": "canary"}'),
    'v1-tuple.json': (422, post('values'), '{"pair": ["canary", "canary"]}'),
    'v1-tuple-length.json': (422, post('values'), '{"pair": [1]}'),
    'v1-dictionary-key.json': (422, post('values'), '{"by_name": {"1": "canary"}, "by_number": {"one": {"n": 1}}}'),
    'v1-dictionary-model.json': (422, post('values'), '{"by_number": {"1": {"n": 99}}}'),
    'v1-list-too-short.json': (422, post('values'), '{"few": []}'),
    'v1-list-too-long.json': (422, post('values'), '{"few": [1, 2, 3]}'),
    'v1-json-inside.json': (422, post('values'), '{"inner": "{canary"}'),
    'v1-model-inside.json': (422, post('values'), '{"queue": {"clear_queue": null, "x": "canary"}}'),
    'v1-validator.json': (422, post('checked'), '{"reason": " "}'),
    'v1-validator-assertion.json': (422, post('checked'), '{"reason": "canary\\ncanary"}'),
    'v1-validator-root.json': (422, post('checked'), '{"reason": "canary", "until": -1}'),
    'v1-embedded.json': (422, post('embedded'), '{"clear_queue": "canary"}'),
    'v1-everywhere.json': (422, post('everywhere/canary?page=0&tag=1&tag=canary'), '{"clear_queue": 2, "x": "canary"}'),
    'v1-refused-object.json': (409, get('refused/object'), None),
    'v1-refused-nested.json': (429, get('refused/nested'), None),
    'v1-refused-list.json': (400, get('refused/list'), None),
    'v1-refused-without-words.json': (403, get('refused/none'), None),
    'v1-refused-number.json': (418, get('refused/number'), None),
    'v1-refused-long.json': (400, get('refused/long'), None),
    'v1-custom-message.json': (402, get('custom/message'), None),
    'v1-custom-empty.json': (400, get('custom/empty'), None),
    'v1-custom-null.json': (400, get('custom/null'), None),
    'v1-custom-text.json': (409, get('custom/text'), None),
}


def ask(base, fixture, verb, path, body):
    headers = {'x-api-key': 'test-key'} if path.startswith('/v1/') and 'key-refused' not in fixture else {}
    if body is not None:
        headers['content-type'] = 'application/json'
    request = urllib.request.Request(base + path, method=verb, headers=headers,
                                     data=body.encode() if isinstance(body, str) else body)
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def differs(base, fixture, recorded, write):
    expected, (verb, path), body = recorded
    status, answer = ask(base, fixture, verb, path, body)
    file = FIXTURES / fixture
    if write and status == expected:
        file.write_bytes(answer)
    if status == expected and file.is_file() and file.read_bytes() == answer:
        return False
    print(f'{fixture}: not what the server says: {status} {answer.decode(errors="replace")}')
    return True


def main():
    two = pydantic.VERSION.startswith('2.')
    recorded = PLAIN | (V2 if two else V1)
    script = HERE / ('gateway_server.py' if two else 'validating_server.py')
    server = subprocess.Popen([sys.executable, '-B', script], stdout=subprocess.PIPE, text=True)
    try:
        base = f'http://127.0.0.1:{int(server.stdout.readline())}'
        wrong = [fixture for fixture, each in recorded.items() if differs(base, fixture, each, '--write' in sys.argv)]
    finally:
        server.kill()
        server.wait()
    print(f'pydantic {pydantic.VERSION}: {len(recorded)} bodies asked for, {len(wrong)} differ')
    if two:
        import pydantic2_errors
        wrong += pydantic2_errors.differing('--write' in sys.argv)
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
