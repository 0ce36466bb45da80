import { buffer } from 'node:stream/consumers';
import { MailError } from '../../common/errors.ts';
import type { SendStatus } from '../../common/shapes/status.ts';
import type { Call } from '../call.ts';
import { callWithToken } from '../server/clients.ts';
import { readRefusal, readText } from '../server/http.ts';
import type { SendOptions } from './send-options.ts';

/** `send --raw < message.eml`: the finished message as it is; recipients and sender are read from its headers. */
export async function sendRaw(call: Call, { undo, at, key }: SendOptions): Promise<SendStatus> {
  const body = await buffer(process.stdin);
  if (body.length === 0) throw new MailError('invalid', 'stdin is empty', { reason: 'empty-message' });
  const { home } = await call.connect();
  const query = new URLSearchParams({ undo: String(undo) });
  if (at !== null) query.set('at', at);
  if (key !== null) query.set('key', key);
  const address = `${home.url}/send?${query.toString()}`;
  const headers = { 'content-type': 'message/rfc822', 'content-length': String(body.length) };
  const answer = await callWithToken(address, { method: 'POST', headers, body }, home.token);
  const text = await readText(answer, address);
  if (answer.status >= 300) throw readRefusal(answer.status, text);
  return JSON.parse(text) as SendStatus;
}
