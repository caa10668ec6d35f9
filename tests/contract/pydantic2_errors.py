#!/usr/bin/env python3
"""pydantic2_errors.py [--write]: the 422 bodies that FastAPI makes with pydantic 2, made with its TypeAdapter as FastAPI
calls it, compared with tests/fixtures/errors or written there. Needs any python that has pydantic 2; Debian 12 has none.
recorded_errors.py calls it where there is one.
"""

import json
import re
import sys
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal, Optional, Union
from uuid import UUID

from pydantic import (
    AnyHttpUrl, BaseModel, ConfigDict, Field, FiniteFloat, Json, StrictBool, TypeAdapter, ValidationError, conint,
    conlist, constr, field_validator, model_validator)

FIXTURES = Path(__file__).parent.parent / 'fixtures' / 'errors'


class Stop(BaseModel):
    clear_queue: bool = False


class Strict(BaseModel):
    model_config = ConfigDict(extra='forbid')
    clear_queue: StrictBool


class Color(str, Enum):
    red = 'red'
    blue = 'blue'


class Job(BaseModel):
    n: conint(le=10)
    name: constr(min_length=2, max_length=5) = 'job'


class Cat(BaseModel):
    kind: Literal['cat']
    lives: int


class Dog(BaseModel):
    kind: Literal['dog']


class Values(BaseModel):
    integer: Optional[int] = None
    number: Optional[Annotated[FiniteFloat, Field(gt=0, multiple_of=0.5)]] = None
    text: Optional[constr(pattern='^[a-z]+$', max_length=8)] = None
    day: Optional[date] = None
    moment: Optional[datetime] = None
    link: Optional[AnyHttpUrl] = None
    color: Optional[Color] = None
    word: Optional[Literal['stop', 'go']] = None
    either: Optional[Union[bool, int]] = None
    pair: Optional[tuple[int, bool]] = None
    by_name: Optional[dict[str, int]] = None
    by_number: Optional[dict[int, Job]] = None
    few: Optional[conlist(int, min_length=1, max_length=2)] = None
    inner: Optional[Json] = None
    pet: Optional[Annotated[Union[Cat, Dog], Field(discriminator='kind')]] = None


class Checked(BaseModel):
    reason: str
    until: int = 0

    @field_validator('reason')
    @classmethod
    def not_empty(cls, reason):
        if not reason.strip():
            raise ValueError('a reason needs at least one word')
        assert '\n' not in reason, 'a reason is one line'
        return reason

    @model_validator(mode='after')
    def both(self):
        if self.until < 0:
            raise ValueError('until lies in the past')
        return self


def errors_of(kind, value, place=('body',), url=False):
    """What FastAPI's ModelField.validate gives for a value at a place."""
    try:
        TypeAdapter(kind).validate_python(value, from_attributes=True)
    except ValidationError as error:
        return [{**each, 'loc': (*place, *each['loc'])} for each in error.errors(include_url=url)]
    raise AssertionError(f'{value!r} is accepted')


def missing(*place):
    return {'type': 'missing', 'loc': place, 'msg': 'Field required', 'input': None}


def broken_json(position, why):
    return [{'type': 'json_invalid', 'loc': ('body', position), 'msg': 'JSON decode error', 'input': {},
             'ctx': {'error': why}}]


def values(**fields):
    return errors_of(Values, fields)


def told_as_text(kind, value):
    """What a service says that puts str() of the error into its answer."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return str(error)


BODIES = {
    'v2-boolean.json': errors_of(Stop, {'clear_queue': 'canary'}),
    'v2-boolean-number.json': errors_of(Stop, {'clear_queue': 2}),
    'v2-boolean-null.json': errors_of(Stop, {'clear_queue': None}),
    'v2-boolean-list.json': errors_of(Stop, {'clear_queue': ['canary']}),
    'v2-boolean-with-url.json': errors_of(Stop, {'clear_queue': 'canary'}, url=True),
    'v2-strict-boolean.json': errors_of(Strict, {'clear_queue': 'canary'}),
    'v2-body-list.json': errors_of(Stop, ['canary']),
    'v2-body-text.json': errors_of(Stop, 'canary'),
    'v2-body-missing.json': [missing('body')],
    'v2-missing.json': errors_of(Strict, {}),
    'v2-extra.json': errors_of(Strict, {'clear_queue': True, 'x': 'canary', 'y': {'z': 'canary'}}),
    'v2-json-empty.json': broken_json(0, 'Expecting value'),
    'v2-json-cut.json': broken_json(16, 'Expecting value'),
    'v2-json-quotes.json': broken_json(1, 'Expecting property name enclosed in double quotes'),
    'v2-json-inside.json': values(inner='{canary'),
    'v2-list-index.json': errors_of(list[Job], [{'n': 1}, {'n': 99}, {'name': 'x'}]),
    'v2-list-not-a-list.json': errors_of(list[Job], {'n': 'canary'}),
    'v2-list-too-long.json': values(few=[1, 2, 3]),
    'v2-list-too-short.json': values(few=[]),
    'v2-number.json': values(integer='canary', number=-1.25),
    'v2-number-not-whole.json': values(integer=1.5),
    'v2-number-not-finite.json': values(number='inf'),
    'v2-text-pattern.json': values(text='CANARY'),
    'v2-text-too-long.json': values(text='canarycanary'),
    'v2-text-not-text.json': values(text=5),
    'v2-times.json': values(day='canary', moment='canary'),
    'v2-uuid.json': errors_of(UUID, 'canary', ('path', 'conversation_id')),
    'v2-uuid-length.json': errors_of(UUID, '5b0d', ('path', 'agent_id')),
    'v2-link.json': values(link='canary'),
    'v2-link-scheme.json': values(link='ftp://canary.example'),
    'v2-enum.json': values(color='canary', word='canary'),
    'v2-union.json': values(either='canary'),
    'v2-union-tag.json': values(pet={'kind': 'cow'}),
    'v2-union-tag-missing.json': values(pet={'lives': 'canary'}),
    'v2-union-inside.json': values(pet={'kind': 'cat', 'lives': 'canary'}),
    'v2-tuple.json': values(pair=['canary', 'canary']),
    'v2-tuple-length.json': values(pair=[1]),
    'v2-dictionary-key.json': values(by_name={'1': 'canary'}, by_number={'one': {'n': 1}, '1': {'n': 99}}),
    'v2-validator.json': errors_of(Checked, {'reason': ' '}),
    'v2-validator-assertion.json': errors_of(Checked, {'reason': 'canary\ncanary'}),
    'v2-validator-model.json': errors_of(Checked, {'reason': 'canary', 'until': -1}),
    'v2-everywhere.json':
        errors_of(UUID, 'canary', ('path', 'agent_id')) + errors_of(conint(ge=1), '0', ('query', 'page'))
        + errors_of(list[int], ['1', 'canary'], ('query', 'tag'))
        + [missing('header', 'x-api-key'), missing('cookie', 'session')] + errors_of(Stop, {'clear_queue': {}}),
    'v2-header-echoed.json': errors_of(constr(max_length=4), 'canary-key', ('header', 'x-api-key')),
    'v2-told-as-text.json': told_as_text(Values, {'integer': 'canary', 'pair': ['canary']}),
    'v2-told-as-text-long.json': told_as_text(Stop, {'clear_queue': 'canary, input_type=str] ' * 9}),
    'v2-told-as-list-in-text.json': json.dumps(errors_of(Stop, {'clear_queue': 'canary'})),
}


def body(detail):
    # As jsonable_encoder and JSONResponse have it: an exception in ctx is an empty object.
    return json.dumps({'detail': detail}, ensure_ascii=False, separators=(',', ':'), default=lambda _: {}).encode()


def of_any_release(text):
    """Without what the releases of pydantic 2 say differently: their number in an address, the words for an UUID."""
    text = re.sub(rb'(?<=errors\.pydantic\.dev/)[0-9.]+', b'2', text)
    text = text.replace(b'expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], ', b'')
    text = text.replace(b'expected length 32 for simple format, ', b'')
    return re.sub(rb'(?<=invalid character: found `.` at )[0-9]+', b'2', text)


def differing(write):
    wrong = []
    for name, detail in BODIES.items():
        file = FIXTURES / name
        if write:
            file.write_bytes(body(detail))
        if not file.is_file() or of_any_release(file.read_bytes()) != of_any_release(body(detail)):
            wrong.append(name)
            print(f'{name}: not what pydantic says: {body(detail).decode()}')
    print(f'{len(BODIES)} bodies made, {len(wrong)} differ')
    return wrong


if __name__ == '__main__':
    sys.exit(1 if differing('--write' in sys.argv) else 0)
