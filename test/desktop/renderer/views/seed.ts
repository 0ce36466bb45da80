import { createTRPCClient, httpLink } from '@trpc/client';
import { writeForm } from '../../../../common/sieve/form/write-form.ts';
import type { ProfileItem, ProfilePart } from '../../../../common/shapes/profile.ts';
import type { ProfileRouter } from '../../../../profile-server/router.ts';
import type { StorageRouter } from '../../../../storage-server/router.ts';
import { expectSession } from '../../../harness/expect-session.ts';
import { SAMPLES, writeSample, type Sample } from '../sample-mails.ts';
import type { ClientRig } from '../client-rig.ts';

/** Forty letters and more without a place to break: people, mailboxes and files are called so. */
export const LONG_WORD = 'Donaudampfschifffahrtsgesellschaftskapitän';

const LONG_MAIL: Sample = {
  from: `${LONG_WORD} <${'kapitaen'.repeat(5)}@${'schiff'.repeat(6)}.example>`,
  to: 'ana@example.test',
  subject: `${LONG_WORD}${LONG_WORD} ${LONG_WORD}`,
  ago: 0.2,
  text: `${LONG_WORD.repeat(4)}\n\nhttps://${'lang'.repeat(9)}.example/${'weg'.repeat(60)}\n`,
  files: [
    { name: `${LONG_WORD}${LONG_WORD}.txt`, type: 'text/plain', bytes: Buffer.from('Ahoi\n'.repeat(90)) },
  ],
};

/** What lies in the first maildrop: mails as people get them, and one that nobody laid out. Oldest first. */
export function writeSeedMails(): Uint8Array[] {
  const now = Date.now();
  return [...SAMPLES, LONG_MAIL].toSorted((a, b) => b.ago - a.ago).map((one) => writeSample(one, now));
}

export const SEED_MAILS = SAMPLES.length + 1;

/** Something of everything that a profile can hold, and a mail that waits, one that is to be remembered, and a draft. */
export async function fillProfile(rig: ClientRig): Promise<void> {
  const { web, storage: storageUrl } = rig.system.ready;
  const origin = web ?? '';
  const signIn = createTRPCClient<ProfileRouter>({
    links: [httpLink({ url: `${origin}/trpc`, headers: { origin } })],
  });
  const { user, password } = rig.user;
  const session = await expectSession(signIn.session.signIn.mutate({ name: user, password }));
  const links = (url: string, token: string | null) => [
    httpLink({ url: `${url}/trpc`, headers: { origin, authorization: `Bearer ${token}` } }),
  ];
  const profile = createTRPCClient<ProfileRouter>({ links: links(origin, session.tokens.profile) });
  const storage = createTRPCClient<StorageRouter>({ links: links(storageUrl ?? '', session.tokens.storage) });
  type Value = Parameters<typeof profile.profile.change.mutate>[0]['value'];
  const add = async (part: ProfilePart, value: Value, item: ProfileItem | null = null): Promise<string> => {
    const base = item === null ? { id: null, base: null } : { id: item.id, base: item.revision };
    return (await profile.profile.change.mutate({ part, ...base, value })).item.id;
  };
  const { items } = await profile.profile.read.query({ parts: ['identities'] });
  for (const [at, item] of items.entries()) {
    const signature = { text: `${at === 0 ? LONG_WORD : 'Ana Ruiz'}\n+34 600 000 000`, html: null };
    await add(
      'identities',
      { ...(item.value as object), name: at === 0 ? LONG_WORD : 'Ana Ruiz', signature },
      item,
    );
  }
  const projects = await add('mailboxes', { name: 'Projects', role: null, parent: null });
  await add('mailboxes', { name: LONG_WORD, role: null, parent: projects });
  await add('labels', { name: 'Urgent', colour: 'red' });
  await add('labels', { name: LONG_WORD, colour: 'blue' });
  for (const [position, name] of ['Statements of the bank', LONG_WORD].entries()) {
    const from = { test: 'from', match: 'contains', not: false, value: `${name}@bank.example` } as const;
    const subject = { test: 'subject', match: 'contains', not: true, value: 'offer' } as const;
    const actions = [
      { action: 'file', mailbox: `Projects/${LONG_WORD}` } as const,
      { action: 'label', label: 'Urgent' } as const,
    ];
    await add('rules', {
      name,
      enabled: position === 0,
      position,
      script: writeForm({ all: true, conditions: [from, subject], actions }),
    });
  }
  for (const name of ['Thanks', LONG_WORD])
    await add('templates', { name, subject: name, text: 'Yours,\n{{name}}', html: null });
  const card = { organisation: null, title: null, note: null, groups: [], vcard: null, collected: false };
  const people = [];
  for (const [name, address] of [
    ['Bea López', 'bea@uni.example'],
    ['Marta Oliveira', 'marta@oliveira.example'],
    [LONG_WORD, `${'kapitaen'.repeat(5)}@schiff.example`],
  ] as const) {
    const emails = [{ address, kind: 'work' }];
    const more = {
      phones: [{ number: '+34 600 000 000', kind: 'cell' }],
      title: 'Dr.',
      organisation: LONG_WORD,
    };
    people.push(await add('contacts', { ...card, ...more, name, emails }));
  }
  await add('groups', { name: 'Lab', members: people.map((contact) => ({ contact, address: null })) });
  const { identity } = { identity: items[0]?.id ?? null };
  const draft = {
    identity,
    from: null,
    to: [{ name: 'Bea López', address: 'bea@uni.example' }],
    cc: [],
    bcc: [],
    subject: 'Lunch on Monday',
    text: 'Shall we say one o’clock?',
    html: null,
    inReplyTo: null,
    forwardOf: null,
  };
  await storage.draft.save.mutate({
    id: null,
    base: null,
    draft: { ...draft, subject: `Not yet: ${LONG_WORD}` },
  });
  const waiting = await storage.draft.save.mutate({ id: null, base: null, draft });
  const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
  await storage.sending.send.mutate({ draft: waiting.id, undo: 0, at, key: null });
  await storage.check.run.mutate({});
  const { mails } = await storage.mail.list.query({});
  const [first] = mails;
  if (first !== undefined) await storage.remind.set.mutate({ mail: first.id, at, unlessAnswered: true });
}
