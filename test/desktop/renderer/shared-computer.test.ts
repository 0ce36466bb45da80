import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Tokens } from '../../../common/shapes/session.ts';
import type { NativeAnnouncement } from '../../../desktop/native-api/native-api.ts';
import './stand-in-browser.ts';
import { makeRow } from './sample-rows.ts';

const told: NativeAnnouncement[] = [];
Object.assign(globalThis, {
  // One that is open keeps the test from ending.
  BroadcastChannel: undefined,
  window: { valija: { announce: async (state: NativeAnnouncement) => told.push(state) } },
});
const { announceArrival } = await import('../../../desktop/renderer/shell/notify/announce-arrival.ts');
const { serverStore } = await import('../../../desktop/renderer/session/session.ts');
const { holdTokens } = await import('../../../desktop/renderer/session/tokens.ts');

describe('what the desktop program is told of a new mail', () => {
  const table: [string, { computer: boolean; session: object | null }, string][] = [
    ['who it is from and what it is about', { computer: false, session: null }, 'Secret plans'],
    ['only that it came, on a shared computer', { computer: true, session: null }, '1 new mail'],
    ['only that it came, in a session of one', { computer: false, session: {} }, '1 new mail'],
  ];
  for (const [name, { computer, session }, body] of table) {
    it(name, async () => {
      serverStore.change((server) => ({ ...server, lab: computer }));
      holdTokens({ session: { lab: session } } as unknown as Tokens);
      await announceArrival([makeRow('m1', 21, { subject: 'Secret plans' })], 1);
      const notice = told.pop()?.notice;
      assert.ok(notice?.body.startsWith(body), notice?.body);
      assert.equal(notice?.mail, body === 'Secret plans' ? 'm1' : null);
    });
  }
});
