import test from 'node:test';
import { requireComponent, type Component } from '../harness/component.ts';
import { addAccounts, checkMail, repairAccount, startAndRegister } from './journey-accounts.ts';
import { makePlace, type Place } from './journey-place.ts';
import { find, keepApart, readAndSort, readRaw } from './journey-reading.ts';
import {
  changeAndRemind,
  endAll,
  explainRoutes,
  holdAndAnswer,
  sendAndFollow,
  sendVariants,
} from './journey-sending.ts';

// The whole job by the command line, on real parts, a real Dovecot and a real next hop; the same for both ways to start.
const STEPS: [name: string, step: (place: Place) => Promise<void>][] = [
  ['ready line, administrator, users', startAndRegister],
  ['accounts are tested before they are saved', addAccounts],
  ['check: every account for itself, failures named, new mail listed when it returns', checkMail],
  ['an account that is put right works; a test changes nothing', repairAccount],
  ['raw gives every byte back, also of what is no proper mail', readRaw],
  ['search', find],
  ['pages, show, flags, moves, mailboxes', readAndSort],
  ['nobody else sees any of it', keepApart],
  ['send: durable in Sent, then with the next hop, each recipient with its state', sendAndFollow],
  ['send with files, as raw, once for a key, and only from own addresses', sendVariants],
  ['held and scheduled mail stays here; an answer joins its thread', holdAndAnswer],
  ['what waits gets another time or is taken back; reminders', changeAndRemind],
  ['routes are explained without sending', explainRoutes],
  ['a removed account leaves its mail; all parts end cleanly', endAll],
];

const WAYS = [
  { mode: 'serve', database: 'sqlite' },
  // Other tests of the command line and test/system go these ways too; minutes more: by VALIJA_TESTS=all.
  { mode: 'start', database: 'mariadb' },
  { mode: 'start', database: 'sqlite' },
] as const;

for (const { mode, database } of process.env['VALIJA_TESTS'] === 'all' ? WAYS : WAYS.slice(0, 1)) {
  test(`the journey by the command line, ${mode}, ${database}`, async (t) => {
    const needed: Component[] = [
      'dovecot',
      'smtp-sink',
      ...(database === 'mariadb' ? ['mariadbd' as const] : []),
    ];
    if (requireComponent(t, ...needed)) return;
    const place = await makePlace(t, mode, database);
    for (const [name, step] of STEPS) await t.test(name, async () => await step(place));
  });
}
