// What a terminal is shown during a check comes from the storage-server's events: they are watched here by the same code.
import assert from 'node:assert/strict';
import type { Call } from '../../command/call.ts';
import { connect } from '../../command/server/connection.ts';
import { watchEvents } from '../../command/server/events.ts';
import { WORDS } from '../../command/words/words.ts';
import type { CheckEvent } from '../../common/shapes/event.ts';
import { ANA, type Place } from './journey-place.ts';

/** Runs `work` while watching; resolves with the events of `account` once it is done or has failed. */
export async function watchCheck(
  { system }: Place,
  account: string,
  work: () => Promise<void>,
): Promise<CheckEvent[]> {
  const seen: CheckEvent[] = [];
  const connection = await connect(makeSilentCall(system.ready.profile ?? ''));
  let over = (): void => undefined;
  const ended = new Promise<void>((resolve) => (over = resolve));
  const watching = await watchEvents(connection.home, (event) => {
    if (event.type !== 'check' || event.account !== account) return;
    seen.push(event);
    if (event.phase === 'done' || event.phase === 'failed') over();
  });
  try {
    await work();
    await ended;
  } finally {
    watching.stop();
    await connection.end();
  }
  return seen;
}

function makeSilentCall(server: string): Call {
  return {
    typed: { words: [], text: () => undefined, texts: () => [], has: () => false },
    env: { VALIJA_SERVER: server, VALIJA_USER: ANA.user, VALIJA_PASSWORD: ANA.password },
    json: false,
    language: () => 'en',
    words: () => WORDS.en,
    setUserLanguage: () => undefined,
    connect: async () => await Promise.reject(new Error('not asked for')),
    note: (line) => assert.fail(line),
  };
}
