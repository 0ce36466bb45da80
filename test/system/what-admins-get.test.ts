import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { $ZodType } from 'zod/v4/core';
import type { SignIn } from '../../common/shapes/session.ts';
import { router as profileRouter } from '../../profile-server/router.ts';
import { router as relayRouter } from '../../smtp-relay/router.ts';
import { router as storageRouter } from '../../storage-server/router.ts';
import { fillInput } from '../harness/fill-input.ts';
import { startSystem, type System } from '../harness/system.ts';
import { sampleSettings } from '../profile-server/sample.ts';
import { expectSession } from '../harness/expect-session.ts';

const PASSWORD = 'correct horse battery';
/** Stands in everything of a user that admins must not get, each time with another end. */
const PLANTED = 'zqPlanted7';

type Part = 'profile' | 'storage' | 'relay';
interface Procedure {
  part: Part;
  path: string;
  type: string;
  inputs: $ZodType[];
}
interface Person {
  id: string;
  name: string;
  signIn: SignIn;
}

/** What ends sessions, users or ways of signing in comes last, and in this order. */
const LAST =
  'directory. policy. layer. lab. group. part. oauth. alert. domain. user.edit user.setGroup user.reset user.approveReset ' +
  'user.endReset user.invite user.disable user.enable user.setAdmin user.remove user.restore session.';
/** Whose schemas take nothing that can be made up: what is sent instead, by an id of somebody else. */
const INPUTS: Record<string, (id: string) => unknown> = {
  'route.explain': (user) => ({ from: 'ana@example.org', to: 'x@example.net', user }),
  'profile.change': (id) => ({ part: 'identities', id, base: 1, value: null }),
  'mail.flag': (id) => ({ ids: [id], add: ['seen'], remove: [] }),
  'mail.label': (id) => ({ ids: [id], add: ['x'], remove: [] }),
  'mail.remove': (id) => ({ ids: [id] }),
  'mail.signUrl': (id) => ({ path: `/mail/${id}/raw` }),
};
/** Not asked here, and why nothing of another user can come from it. */
const NOT_ASKED: Record<string, string> = {
  'session.waitOidc': 'knows by a ticket alone which sign-in is meant',
  'session.finishOidc': 'the same',
  'session.letProgramIn': 'answers nothing, and knows by a passkey whom it lets in',
  'contact.import': 'writes into the caller’s own address book',
  'directory.setLdap': 'writes the settings of a directory',
  'part.enrol': 'needs a code of one use, and answers with an id',
};

function listProcedures(): Procedure[] {
  const parts = { profile: profileRouter, storage: storageRouter, relay: relayRouter };
  const all = (Object.keys(parts) as Part[]).flatMap((part) => {
    const procedures = parts[part]._def.procedures as unknown as Record<
      string,
      { _def: { type: string; inputs: $ZodType[] } }
    >;
    return Object.entries(procedures).map(([path, { _def }]) => ({
      part,
      path,
      type: _def.type,
      inputs: _def.inputs,
    }));
  });
  const rank = ({ path, type }: Procedure): number => {
    const last = LAST.split(' ').findIndex((start) => path.startsWith(start));
    return type === 'query' ? -2 : last === -1 ? -1 : last;
  };
  return all.sort((a, b) => rank(a) - rank(b));
}

describe('what an admin and a group admin get', { timeout: 240_000 }, () => {
  let system: System;
  const people: Record<string, Person> = {};
  /** Of ana, in the group of the group admin; and of bea, in another. */
  let idsOfAna: string[];
  let idsOfBea: string[];

  const client = (token: string | null) =>
    createTRPCClient<typeof profileRouter>({
      links: [
        httpLink({
          url: `${system.ready.profile}/trpc`,
          headers: token === null ? { origin: 'valija://app' } : { authorization: `Bearer ${token}` },
        }),
      ],
    });
  const store = (person: Person) =>
    createTRPCClient<typeof storageRouter>({
      links: [
        httpLink({
          url: `${system.ready.storage}/trpc`,
          headers: { authorization: `Bearer ${person.signIn.tokens.storage}` },
        }),
      ],
    });
  const signIn = async (name: string, password = PASSWORD): Promise<Person> => {
    const answer = await client(null).session.signIn.mutate({ name, password });
    assert.ok(!('step' in answer));
    return { id: answer.user.id, name, signIn: answer };
  };
  const register = async (name: string): Promise<Person> => {
    const answer = await expectSession(client(null).session.register.mutate({ name, password: PASSWORD }));
    return { id: answer.user.id, name, signIn: answer };
  };
  /** Plants the string in mail, secrets and settings of a person; answers the ids that belong to her. */
  const plant = async (person: Person): Promise<string[]> => {
    const own = client(person.signIn.tokens.profile);
    const account = await own.account.add.mutate({
      settings: sampleSettings({ email: `${person.name}@example.org` }),
      secrets: { pop3Password: `${PLANTED}-pop3` },
    });
    const { password } = await own.appPassword.add.mutate({ name: 'phone' });
    const contact = { name: `${PLANTED}-contact`, emails: [], phones: [], organisation: null, title: null };
    const { item } = await own.profile.change.mutate({
      part: 'contacts',
      id: null,
      base: null,
      value: { ...contact, note: null, groups: [], vcard: null },
    });
    const draft = await store(person).draft.save.mutate({
      id: null,
      base: null,
      draft: {
        identity: null,
        from: `${person.name}@example.org`,
        to: [{ name: null, address: 'nobody@example.net' }],
        cc: [],
        bcc: [],
        subject: `${PLANTED}-subject`,
        text: `${PLANTED}-body`,
        html: null,
        inReplyTo: null,
        forwardOf: null,
      },
    });
    const { items } = await own.profile.read.query({ parts: ['identities', 'mailboxes'] });
    secrets.push(password, person.signIn.refreshToken ?? '', person.signIn.tokens.profile);
    const { sessions } = await own.session.list.query();
    const mailbox = items.find(({ part }) => part === 'mailboxes')?.id ?? '';
    return [person.id, account.id, draft.id, item.id, sessions[0]?.id ?? '', mailbox];
  };
  const secrets: string[] = [];

  before(async () => {
    system = await startSystem({ mode: 'start' });
    const { user, password } = await system.makeAdmin();
    people['admin'] = await signIn(user, password);
    for (const name of ['ana', 'zzbea', 'carl']) people[name] = await register(name);
    const admin = client(people['admin'].signIn.tokens.profile);
    const biology = (await admin.group.add.mutate({ name: 'Biology' })).group.id;
    const law = (await admin.group.add.mutate({ name: 'Law' })).group.id;
    await admin.user.setGroup.mutate({ id: people['ana']!.id, group: biology });
    await admin.user.setGroup.mutate({ id: people['zzbea']!.id, group: law });
    await admin.group.setAdmins.mutate({ id: biology, users: [people['carl']!.id] });
    idsOfAna = await plant(people['ana']!);
    idsOfBea = [...(await plant(people['zzbea']!)).slice(0, 3), law];
  });
  after(async () => await system.stop());

  /** What a call answers, as text; streams for a moment. */
  const call = async (procedure: Procedure, token: string | null, input: unknown): Promise<string> => {
    const base = { profile: system.ready.profile, storage: system.ready.storage, relay: system.ready.relay };
    const url = new URL(`${base[procedure.part]}/trpc/${procedure.path}`);
    const text = input === undefined ? undefined : JSON.stringify(input);
    if (procedure.type !== 'mutation' && text !== undefined) url.searchParams.set('input', text);
    // Some wait for news, and streams never end: what came until then counts.
    const signal = AbortSignal.timeout(procedure.type === 'subscription' ? 300 : 1500);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    let got = '';
    try {
      const response = await fetch(url, {
        headers,
        signal,
        ...(procedure.type === 'mutation'
          ? { method: 'POST', ...(text === undefined ? {} : { body: text }) }
          : {}),
      });
      for await (const chunk of response.body ?? []) got += Buffer.from(chunk).toString();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return got;
  };

  const tryAll = async (
    who: string,
    password: string,
    ids: string[],
    forbidden: string[],
  ): Promise<string[]> => {
    let person = await signIn(who, password);
    const never: string[] = [];
    const found: string[] = [];
    for (const procedure of listProcedures()) {
      if (Object.hasOwn(NOT_ASKED, procedure.path)) continue;
      if (procedure.type === 'mutation') {
        const me = client(person.signIn.tokens.profile).session.whoami.query();
        if ((await me.catch(() => null)) === null) person = await signIn(who, password);
      }
      const token = person.signIn.tokens[procedure.part];
      let understood = procedure.inputs.length === 0;
      const ask = async (pick: string, whole: boolean): Promise<void> => {
        const parts = procedure.inputs.map((schema) => fillInput(schema, pick, whole));
        const made: unknown = parts.length > 1 ? Object.assign({}, ...parts) : parts[0];
        const input = INPUTS[procedure.path]?.(pick) ?? made;
        const text = await call(procedure, token, input);
        understood ||= !text.includes('"reason":"input"');
        for (const one of forbidden) {
          if (text.includes(one)) found.push(`${procedure.path}: ${one.slice(0, 12)}`);
        }
      };
      // Whole inputs with each id, and the shortest.
      // What is about the caller alone, and hashes a password for each try, gets two of them.
      const few =
        procedure.inputs.length === 0 ? 1 : /^(session|factor)\./.test(procedure.path) ? 2 : ids.length;
      const asked = ids.slice(0, few);
      await Promise.all(asked.map(async (pick) => await ask(pick, true)));
      if (procedure.inputs.length > 0) await ask(ids[0] ?? '', false);
      if (!understood) never.push(procedure.path);
    }
    assert.deepEqual(
      never,
      [],
      'these took no input that was made up: say in NOT_ASKED why, or help fillInput',
    );
    return found;
  };

  test('the user herself does get what was planted', async () => {
    const { tokens } = people['ana']!.signIn;
    const read = { part: 'profile', path: 'profile.read', type: 'query', inputs: [] } as const;
    const list = { part: 'storage', path: 'mail.list', type: 'query', inputs: [] } as const;
    assert.ok((await call({ ...read, inputs: [] }, tokens.profile, {})).includes(PLANTED));
    const drafts = { mailbox: 'drafts' };
    assert.ok((await call({ ...list, inputs: [] }, tokens.storage, drafts)).includes(PLANTED));
  });

  test('a group admin gets nothing of mail and secrets, and nothing at all of a user of another group', async () => {
    const bea = people['zzbea']!;
    const admin = client(people['admin']!.signIn.tokens.profile);
    // Whether a poll of hers has failed meanwhile is nobody's doing.
    const { failing: _before, ...before } = await admin.user.show.query({ id: bea.id });
    const found = await tryAll(
      'carl',
      PASSWORD,
      [...idsOfAna.slice(0, 2), ...idsOfBea],
      [PLANTED, ...secrets, 'zzbea'],
    );
    assert.deepEqual(found, []);
    const again = client((await signIn('admin', 'the first administrator 1')).signIn.tokens.profile);
    const { failing: _after, ...after } = await again.user.show.query({ id: bea.id });
    assert.deepEqual(after, before, 'nor was anything done to her');
  });

  test('an organisation admin gets nothing of mail and secrets', async () => {
    const found = await tryAll('admin', 'the first administrator 1', idsOfAna.slice(0, 4), [
      PLANTED,
      ...secrets,
    ]);
    assert.deepEqual(found, []);
  });
});
