import { parentPort, workerData } from 'node:worker_threads';
import { collectWhenIdle } from '../thread/collect-when-idle.ts';
import { packFailure } from '../thread/thread-failure.ts';
import { BlobShelf } from './shelf.ts';
import type { BlobSource } from './blob-store.ts';
import { packMessages } from './packed-messages.ts';
import { takeInMessage, type StoredMessage } from './take-in.ts';
import { BlobProof } from './blob-proof.ts';
import { putSource } from './put-source.ts';
import { unpackSources } from './packed-sources.ts';
import {
  countSources,
  type WorkerAnswers,
  type WorkerReply,
  type WorkerRequest,
  type WorkerSetup,
} from './worker-protocol.ts';

const setup = workerData as WorkerSetup;
const send = (reply: WorkerReply | 'ready'): void => {
  const moved = reply !== 'ready' && reply.ok && reply.value instanceof ArrayBuffer ? [reply.value] : [];
  parentPort?.postMessage(reply, moved);
};
const shelf = new BlobShelf(setup.dataDir, setup.key);
const proof = new BlobProof(setup.dataDir, setup.key);
interface Asked {
  call: number;
  request: WorkerRequest;
}
let waiting: Asked[] = [];
/** A long import is never idle, and leaves no more behind than so many sources do. */
const noteStored = collectWhenIdle(100, { most: 6000 });

/** What came while the last commit was syncing goes into one transaction: group commit. */
function serveWaiting(): void {
  const group = waiting;
  waiting = [];
  const writes = group.filter(({ request }) => request.kind === 'messages' || request.kind === 'blobs');
  const stored = writes.length > 0 ? write(writes) : 0;
  for (const { call, request } of group) {
    if (request.kind === 'messages' || request.kind === 'blobs') continue;
    try {
      send(answer(call, request));
    } catch (error) {
      send(refuse(call, error));
    }
  }
  // When nobody waits for the answer, and the sources are garbage too.
  if (stored > 0) noteStored(stored);
}

/**
 * One that cannot be stored does not take the others of its group with it: then each gets its own transaction. How many sources
 * were stored.
 */
function write(group: readonly Asked[]): number {
  let replies: WorkerReply[];
  let stored = 0;
  try {
    replies = shelf.transact(() => group.map(({ call, request }) => answer(call, request)));
    stored = group.reduce((sum, { request }) => sum + countSources(request), 0);
  } catch (error) {
    if (group.length > 1) return group.reduce((sum, one) => sum + write([one]), 0);
    replies = group.map(({ call }) => refuse(call, error));
  }
  for (const reply of replies) send(reply);
  return stored;
}

function answer(call: number, request: WorkerRequest): WorkerReply {
  return { call, ok: true, value: serve(request) };
}

function serve(request: WorkerRequest): WorkerAnswers[keyof WorkerAnswers] {
  if (request.kind === 'list-old') return shelf.listOld(request.before, request.after, request.limit);
  if (request.kind === 'verify') return proof.verify(request.ids);
  if (request.kind === 'delete-old') return shelf.deleteOld(request.ids, request.before);
  if (request.kind === 'rewrite-pack') return shelf.rewritePack(request.after, request.worth);
  if (request.kind === 'compress') return shelf.compressPack(request.from);
  if (request.kind === 'leave-pack') {
    shelf.leavePack();
    return null;
  }
  const sources = unpackSources(request);
  if (request.kind === 'blobs') return sources.map((source) => putSource(shelf, source));
  return packMessages(takeInAll(sources, request.received));
}

function* takeInAll(sources: readonly BlobSource[], received: Float64Array): Generator<StoredMessage> {
  for (const [index, source] of sources.entries())
    yield takeInMessage(shelf, source, received[index] ?? Date.now());
}

function refuse(call: number, error: unknown): WorkerReply {
  return { call, ok: false, ...packFailure(error) };
}

parentPort?.on('message', (message: { call: number; request: WorkerRequest } | 'close') => {
  if (message === 'close') {
    if (waiting.length > 0) serveWaiting();
    proof.close();
    shelf.close();
    parentPort?.close();
    return;
  }
  waiting.push(message);
  if (waiting.length === 1) setImmediate(() => waiting.length > 0 && serveWaiting());
});
send('ready');
