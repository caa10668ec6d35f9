#!/usr/bin/env python3
"""validating_server.py [PORT]: gateway_server.py, and beside it routes under /validate that do nothing but refuse. Each
takes another kind of value, so that the framework's own words and places for it can be recorded (recorded_errors.py).
"""

import sys
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Dict, List, Literal, Optional, Tuple, Union
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent))
import gateway_server as gateway  # noqa: E402
from fastapi import APIRouter, Body, Cookie, Header, HTTPException, Query  # noqa: E402
from fastapi.responses import JSONResponse  # noqa: E402
from pydantic import (  # noqa: E402
    AnyHttpUrl, BaseModel, Extra, Json, StrictBool, confloat, conint, conlist, constr, root_validator, validator)

validate = APIRouter(prefix='/validate')


class Color(str, Enum):
    red = 'red'
    blue = 'blue'


class Job(BaseModel):
    n: conint(le=10)
    name: constr(min_length=2, max_length=5) = 'job'


class Jobs(BaseModel):
    jobs: List[Job]


class Strict(BaseModel):
    clear_queue: StrictBool = False

    class Config:
        extra = Extra.forbid


class Values(BaseModel):
    integer: Optional[int]
    number: Optional[confloat(gt=0, multiple_of=0.5)]
    decimal: Optional[Decimal]
    text: Optional[constr(regex='^[a-z]+$', max_length=8)]
    day: Optional[date]
    moment: Optional[datetime]
    link: Optional[AnyHttpUrl]
    id: Optional[UUID]
    color: Optional[Color]
    word: Optional[Literal['stop', 'go']]
    either: Optional[Union[bool, int]]
    pair: Optional[Tuple[int, bool]]
    by_name: Optional[Dict[str, int]]
    by_number: Optional[Dict[int, Job]]
    few: Optional[conlist(int, min_items=1, max_items=2)]
    inner: Optional[Json]
    queue: Optional[Strict]


class Checked(BaseModel):
    reason: str
    until: int = 0

    @validator('reason')
    def not_empty(cls, reason):
        if not reason.strip():
            raise ValueError('a reason needs at least one word')
        assert '\n' not in reason, 'a reason is one line'
        return reason

    @root_validator
    def both(cls, values):
        if values.get('until', 0) < 0:
            raise ValueError('until lies in the past')
        return values


@validate.post('/jobs')
def jobs(wish: Jobs): ...


@validate.post('/list')
def plain_list(wish: List[Job]): ...


@validate.post('/strict')
def strict(wish: Strict): ...


@validate.post('/values')
def values(wish: Values): ...


@validate.post('/checked')
def checked(wish: Checked): ...


@validate.post('/embedded')
def embedded(clear_queue: bool = Body(...), reason: str = Body(...)): ...


@validate.post('/everywhere/{agent_id}')
def everywhere(agent_id: UUID, wish: Strict, page: int = Query(..., ge=1), tag: List[int] = Query([]),
               x_api_key: str = Header(...), session: int = Cookie(...)): ...


@validate.get('/refused/{how}')
def refused(how: str):
    raise {
        'object': HTTPException(409, {'code': 'moved', 'message': 'The conversation is being moved'}),
        'nested': HTTPException(429, {'detail': {'detail': 'Plan limit reached'}}),
        'list': HTTPException(400, ['The first reason', 'The second reason']),
        'none': HTTPException(403),
        'number': HTTPException(418, 7),
        'long': HTTPException(400, 'word ' * 500),
    }[how]


@validate.get('/custom/{how}')
def custom(how: str):
    return {
        'message': JSONResponse({'message': 'Upgrade your plan'}, 402),
        'empty': JSONResponse({}, 400),
        'null': JSONResponse(None, 400),
        'text': JSONResponse('The queue is being moved', 409),
    }[how]


gateway.app.include_router(validate)

if __name__ == '__main__':
    gateway.main()
