#!/usr/bin/env python3
"""gateway_server.py [PORT] [--key KEY] [--busy COUNT]: a small service with a memory, built from the framework that makes
the real one's error bodies. Listens on 127.0.0.1 and prints its port as the first line. Needs Debian's FastAPI and uvicorn.

Key: x-api-key "test-key" or KEY, or Authorization "Bearer test-token". What it holds:
  Billing helper   takes any boolean as the contract says; ids of agents and conversations are UUIDs
  Strict agent     takes nothing but a JSON boolean as clear_queue
  Picky agent      refuses every true clear_queue: one error on the body for a request that is right
  Greedy agent     wants a reason too, and a number as conversation id: several errors at once
With --busy it holds nothing but so many running conversations of one person: lists carry the user's id alone, records
the e-mail without an id.

Two sub-tasks run on when their conversation stops; the stop of a task takes no body and looks at none.
GET /test/deliveries lists what arrived, POST /test/reset starts over, GET /test/pydantic says which words to expect; none
of them is itself counted.
"""

import argparse
import socket
from datetime import datetime, timedelta, timezone
from typing import Literal, Optional
from uuid import UUID, uuid5

import pydantic
import uvicorn
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request
from pydantic import BaseModel, StrictBool, constr

SPACE = UUID('5b0d1a57-7a0f-4c7c-9a52-3f2f5b1f0c11')
ORGANIZATION = str(uuid5(SPACE, 'organization'))
BILLING, STRICT, PICKY, GREEDY = (
    str(uuid5(SPACE, name)) for name in ('billing', 'strict', 'picky', 'greedy'))
AGENTS = {BILLING: 'Billing helper', STRICT: 'Strict agent', PICKY: 'Picky agent', GREEDY: 'Greedy agent'}

State = Literal['pending', 'executing', 'paused', 'error', 'failed', 'completed', 'stopped']


class StopRequest(BaseModel):
    clear_queue: bool = False


class StrictStop(BaseModel):
    clear_queue: StrictBool = False


class PickyStop(BaseModel):
    clear_queue: Literal[False] = False


class GreedyStop(BaseModel):
    clear_queue: Literal['never']
    reason: constr(min_length=1)


def moment(ago=0):
    return (datetime.now(timezone.utc) - timedelta(seconds=ago)).strftime('%Y-%m-%dT%H:%M:%S.%fZ')


class Conversation:
    """One conversation. `reads_to_stop`: how many reads after a stop find it running; None: all of them."""

    def __init__(self, agent, title, status='executing', waiting=(), reads_to_stop=0, parent=None, user=None):
        self.id = str(uuid5(SPACE, agent + title))
        self.agent, self.title, self.status, self.parent, self.user = agent, title, status, parent, user
        self.reads_to_stop, self.stopping, self.manually = reads_to_stop, False, False
        self.created, self.updated, self.finished = moment(600), moment(5), None
        self.queue = [{'id': str(uuid5(SPACE, text)), 'text': text, 'files': [], 'user': None,
                       'enqueued_at': moment(30), 'idempotency_key': None} for text in waiting]

    @property
    def running(self):
        return self.status == 'executing'

    def stop(self, clear_queue):
        if clear_queue:
            self.queue = []
        self.stopping = self.running or self.status in ('pending', 'paused')
        if self.reads_to_stop == 0:
            self.settle()

    def settle(self):
        """Called before every read: one step nearer to the end."""
        if not self.stopping or self.reads_to_stop is None:
            return
        if self.reads_to_stop > 0:
            self.reads_to_stop -= 1
            return
        self.status, self.manually, self.stopping, self.finished = 'stopped', True, False, moment()
        self.updated = self.finished

    def item(self):
        return {'id': self.id, 'agent_id': self.agent, 'parent_task_id': self.parent,
                'user_id': self.user and str(uuid5(SPACE, self.user)),
                'triggering_agent_id': None, 'organization_id': ORGANIZATION, 'status': self.status,
                'created_at': self.created, 'updated_at': self.updated, 'source_node_type': 'assistant',
                'result': '', 'title': self.title}

    def record(self):
        return {'id': self.id, 'agent_id': self.agent, 'organization_id': ORGANIZATION, 'status': self.status,
                'input': {'text': self.title, 'files': [],
                          'user': self.user and {'email': self.user}}, 'created_at': self.created,
                'started_at': self.created, 'finished_at': self.finished, 'result': None, 'title': self.title,
                'is_manually_stopped': self.manually, 'parent_execution': self.parent, 'sub_executions': []}

    def run_state(self):
        return {'conversation_id': self.id, 'is_running': self.running, 'is_steerable': self.running,
                'steer_target': 'none', 'active_child_id': None, 'queue_depth': len(self.queue),
                'queued_messages': self.queue, 'execution_status': self.status,
                'conversation_state': 'regular'}


class Service:
    def __init__(self):
        self.key = 'test-key'
        self.busy = 0
        self.reset()

    def reset(self):
        self.deliveries = []
        everything = [Conversation(BILLING, f'Parcel {number}', user='dana@acme.example') for number in range(self.busy)]
        if self.busy:
            self.conversations = {each.id: each for each in everything}
            return
        everything = [
            Conversation(BILLING, 'Stops at once', waiting=['And the receipt', 'Are you there?']),
            Conversation(BILLING, 'Stops after three reads', reads_to_stop=3),
            Conversation(BILLING, 'Never stops', reads_to_stop=None),
            Conversation(BILLING, 'Delegates work'),
            Conversation(BILLING, 'Done already', status='completed'),
            Conversation(STRICT, 'Strict conversation'),
            Conversation(PICKY, 'Picky conversation', waiting=['Next please']),
            Conversation(GREEDY, 'Greedy conversation'),
        ]
        everything += [
            Conversation(BILLING, 'Delegated work', parent=everything[3].id),
            Conversation(BILLING, 'Delegated work that ends late', reads_to_stop=2, parent=everything[3].id),
        ]
        self.conversations = {each.id: each for each in everything}

    def find(self, conversation, agent=None):
        found = self.conversations.get(str(conversation))
        if not found or agent and found.agent != str(agent):
            raise HTTPException(404, 'Conversation not found' if agent else 'Task not found')
        found.settle()
        return found


def check_key(request: Request):
    sent = request.headers.get('x-api-key'), request.headers.get('authorization')
    if sent not in ((service.key, None), (None, 'Bearer test-token')):
        raise HTTPException(401, 'Invalid API key')


service = Service()
api = APIRouter(prefix='/v1', dependencies=[Depends(check_key)])
CONVERSATION = '/agents/{agent_id}/gateway/conversations/{conversation_id}'


def page_of(items, page, per_page):
    return {'items': items[(page - 1) * per_page:page * per_page], 'total': len(items), 'page': page,
            'per_page': per_page, 'total_pages': -(-len(items) // per_page)}


@api.get('/agents')
def agents(page: int = Query(1, ge=1), per_page: int = Query(20, ge=1, le=50)):
    return page_of([{'id': key, 'name': name, 'description': '', 'icon': None, 'status': 'ACTIVE',
                     'organization_id': ORGANIZATION, 'created_at': '2026-02-05T18:54:51.388334Z'}
                    for key, name in AGENTS.items()], page, per_page)


@api.get('/tasks')
def tasks(page: int = Query(1, ge=1), per_page: int = Query(20, ge=1, le=50), status: Optional[State] = None,
          agent_id: Optional[UUID] = None, parent_task_id: Optional[UUID] = None):
    wanted = [each for each in service.conversations.values()
              if status in (None, each.status) and str(agent_id or each.agent) == each.agent
              and (not parent_task_id or each.parent == str(parent_task_id))]
    return page_of([each.item() for each in wanted], page, per_page)


@api.get('/agents/{agent_id}/tasks')
def agent_tasks(agent_id: UUID, page: int = Query(1, ge=1), per_page: int = Query(20, ge=1, le=50),
                status: Optional[State] = None):
    if str(agent_id) not in AGENTS:
        raise HTTPException(404, 'Agent not found')
    return tasks(page, per_page, status, agent_id, None)


@api.get('/tasks/{task_id}')
def task(task_id: UUID):
    return service.find(task_id).record()


@api.post('/tasks/{task_id}/stop')
def stop_task(task_id: UUID):
    found = service.find(task_id)
    found.stop(False)
    return found.record()


@api.get(CONVERSATION + '/run-state')
def run_state(agent_id: UUID, conversation_id: UUID):
    return service.find(conversation_id, agent_id).run_state()


@api.delete(CONVERSATION + '/queue')
def clear_queue(agent_id: UUID, conversation_id: UUID):
    service.find(conversation_id, agent_id).queue = []


@api.delete(CONVERSATION + '/queue/{message_id}')
def discard(agent_id: UUID, conversation_id: UUID, message_id: UUID):
    found = service.find(conversation_id, agent_id)
    kept = [each for each in found.queue if each['id'] != str(message_id)]
    if len(kept) == len(found.queue):
        raise HTTPException(404, 'Message not found')
    found.queue = kept


# The agents with a will of their own come first: routes are tried in the order of their declaration.
@api.post(CONVERSATION.format(agent_id=STRICT, conversation_id='{conversation_id}') + '/stop')
def stop_strict(conversation_id: UUID, wish: StrictStop):
    service.find(conversation_id, STRICT).stop(wish.clear_queue)


@api.post(CONVERSATION.format(agent_id=PICKY, conversation_id='{conversation_id}') + '/stop')
def stop_picky(conversation_id: UUID, wish: PickyStop):
    service.find(conversation_id, PICKY).stop(wish.clear_queue)


@api.post(CONVERSATION.format(agent_id=GREEDY, conversation_id='{conversation_id}') + '/stop')
def stop_greedy(conversation_id: int, wish: GreedyStop):
    raise HTTPException(500, 'No conversation has a number')


@api.post(CONVERSATION + '/stop')
def stop(agent_id: UUID, conversation_id: UUID, wish: StopRequest):
    service.find(conversation_id, agent_id).stop(wish.clear_queue)


app = FastAPI()
app.include_router(api)


@app.get('/test/deliveries')
def deliveries():
    return service.deliveries


@app.get('/test/pydantic')
def pydantic_version():
    return [pydantic.VERSION]


@app.post('/test/reset')
def reset():
    service.reset()


class Counted:
    """Writes down each request with its whole body, whatever the service makes of it or leaves unread."""

    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        if scope['type'] != 'http' or scope['path'].startswith('/test/'):
            return await self.inner(scope, receive, send)
        arrived = [await receive()]
        while arrived[-1].get('more_body'):
            arrived.append(await receive())
        body = b''.join(each.get('body', b'') for each in arrived)
        service.deliveries.append({
            'method': scope['method'], 'path': scope['path'], 'query': scope['query_string'].decode(),
            'headers': {name.decode(): value.decode('latin-1') for name, value in scope['headers']},
            'body': body.decode('utf-8', 'replace')})

        async def listen():
            return arrived.pop(0) if arrived else await receive()

        return await self.inner(scope, listen, send)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('port', nargs='?', type=int, default=0)
    parser.add_argument('--key', default=service.key)
    parser.add_argument('--busy', type=int, default=0)
    parser.add_argument('--certificate', help='a PEM file, beside its .key: the service then speaks TLS')
    arguments = parser.parse_args()
    service.key, service.busy = arguments.key, arguments.busy
    service.reset()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(('127.0.0.1', arguments.port))
    listener.listen()
    print(listener.getsockname()[1], flush=True)
    tls = {}
    if arguments.certificate:
        tls = {'ssl_certfile': arguments.certificate, 'ssl_keyfile': arguments.certificate.removesuffix('.pem') + '.key'}
    uvicorn.Server(uvicorn.Config(Counted(app), log_level='warning', **tls)).run(sockets=[listener])


if __name__ == '__main__':
    main()
