import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import type { SecurityNoteKind } from '../../../common/shapes/security-note.ts';
import type { ProfileContext } from '../../../profile-server/context.ts';
import { listNotes } from '../../../profile-server/session/note/note-store.ts';
import { writeNote } from '../../../profile-server/session/note/security-notes.ts';
import { findInitialPassword } from '../../../profile-server/user/provision/initial-password-store.ts';
import { planImport } from '../../../profile-server/user/provision/plan-import.ts';
import { readUserFile } from '../../../profile-server/user/provision/read-user-file.ts';
import { runPlan } from '../../../profile-server/user/provision/run-plan.ts';
import {
  addUser,
  findUser,
  lockProven,
  setUserFields,
  type NewUser,
} from '../../../profile-server/user/user-store.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { makeMasterKey } from '../../../profile-server/vault/master-key.ts';
import { onBothEngines } from '../engines.ts';

const ADMIN = { kind: 'user', user: 'admin', session: 's', admin: true } as unknown as UserCaller;

onBothEngines('what changes while something else is under way', (engine) => {
  let db: Database;
  let server: ProfileContext;
  before(async () => {
    db = await engine.open();
    const masterKey = makeMasterKey(randomBytes(32), randomBytes);
    const presence = { isGone: () => false };
    const hints = { give: () => undefined };
    const clock = { now: () => Date.now() };
    server = {
      db,
      masterKey,
      clock,
      random: randomBytes,
      presence,
      hints,
      log: silentLogger,
    } as unknown as ProfileContext;
  });
  const make = async (id: string, more: Partial<NewUser> = {}): Promise<void> => {
    const first = { password: '', admin: 0, disabled: 0, home: null, revision: 0, created_at: 1 };
    const user = { id, name: id, name_key: id, data_key: randomBytes(8), ...first, ...more };
    await db.write(async (tx) => await addUser(tx, user));
  };
  const read = async (id: string) => (await findUser(db.read, id))!;

  test('a file that was read before changes nothing that became the user’s own meanwhile', async () => {
    await make('ana', { invited: 1, second_address: 'old@example.org' });
    const { lines } = readUserFile(
      'name,email,initial_password,display_name\nana,admins@example.org,first-password,Ana P\n',
    );
    const known = { groups: new Map(), groupAdmins: new Set<string>(), reach: { all: true } as const };
    const plan = planImport(lines, { ...known, users: new Map([['ana', await read('ana')]]) });
    assert.equal(plan.changed[0]?.fields.length, 3);
    // The run may take minutes. Meanwhile she comes in, and proves an address.
    const own = {
      invited: 0,
      password: 'phc of her own',
      second_address: 'ana@example.org',
      second_address_proven: 1,
    };
    await db.write(async (tx) => await setUserFields(tx, 'ana', own));
    assert.deepEqual((await runPlan(server, ADMIN, plan, false)).problems, []);
    const { password, must_change, second_address, display_name } = await read('ana');
    assert.deepEqual(
      { password, must_change, second_address, display_name },
      { password: own.password, must_change: 0, second_address: own.second_address, display_name: 'Ana P' },
    );
    assert.equal(
      await findInitialPassword(db.read, 'ana'),
      undefined,
      'nothing waits to become her password',
    );

    const group = { ...ADMIN, admin: false };
    const out = await runPlan(server, group, plan, false);
    assert.deepEqual(
      out.problems.map(({ reason }) => reason),
      ['csv-taken'],
      'who looks after her no more',
    );
  });

  test('a new code is for who is still awaited', async () => {
    await make('bea', { invited: 1 });
    const { lines } = readUserFile('name\nbea\n');
    const known = { groups: new Map(), groupAdmins: new Set<string>(), reach: { all: true } as const };
    const plan = planImport(lines, { ...known, users: new Map([['bea', await read('bea')]]) });
    assert.equal((await runPlan(server, ADMIN, plan, true)).codes.length, 1);
    await db.write(async (tx) => await setUserFields(tx, 'bea', { invited: 0 }));
    assert.deepEqual((await runPlan(server, ADMIN, plan, true)).codes, []);
  });

  test('nothing that a user may do himself pushes what admins did out of his security page', async () => {
    await make('dora');
    const write = async (what: SecurityNoteKind, at: number, by: string | null = null): Promise<void> => {
      const tools = { random: randomBytes, clock: { now: () => at } };
      await db.write(async (tx) => await writeNote(tx, tools, { user: 'dora', what, by }));
    };
    await write('reset-made', 1, 'admin');
    await write('reset-used', 2);
    for (let at = 10; at < 260; at++) await write('recovery-renewed', at);
    await write('disabled', 300, 'admin');
    const notes = await listNotes(db.read, 'dora', 0);
    assert.deepEqual(
      [notes[0]?.what, notes[1]?.at, ...notes.slice(-2).map(({ what }) => what)],
      ['disabled', 259, 'reset-used', 'reset-made'],
    );
    assert.equal(notes.length, 203);
  });

  test('a session begins for the password that was proven and for nobody who was shut out', async () => {
    await make('carl', { password: 'one' });
    const carl = await read('carl');
    const begins = async (): Promise<boolean> => await db.write(async (tx) => await lockProven(tx, carl));
    assert.equal(await begins(), true);
    await db.write(async (tx) => await setUserFields(tx, 'carl', { password: 'two' }));
    assert.equal(await begins(), false);
    await db.write(async (tx) => await setUserFields(tx, 'carl', { password: 'one', disabled: 1 }));
    assert.equal(await begins(), false);
  });
});
