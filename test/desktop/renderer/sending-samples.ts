import type { RouteProblem } from '../../../common/shapes/route.ts';
import type { RecipientStatus } from '../../../common/shapes/status.ts';

const minutes = (n: number): string => new Date(Date.now() + n * 60_000).toISOString();
const FROM = 'ana@example.test';
const LATE = 'luis@ferrer.example';

function makeProblem(
  problem: Pick<RouteProblem, 'code' | 'reason' | 'address'> & Partial<RouteProblem>,
): RouteProblem {
  return {
    remedy: null,
    severity: 'refuse',
    params: { address: problem.address ?? '', from: FROM },
    ...problem,
  };
}

const solved = new Set<string>();

/** A sender who has to prove himself, an address that failed before, and one whose domain takes no mail. */
export const PREFLIGHT = {
  'route.check': ({ to }: { to: string[] }) => ({
    problems: [
      ...(solved.has('sender')
        ? []
        : [makeProblem({ code: 'route-refused', reason: 'sender-unverified', address: null })]),
      ...to
        .filter((address) => !solved.has(address))
        .map((address) =>
          makeProblem({
            code: 'recipient-refused',
            reason: address.endsWith('@null.test') ? 'null-mx' : 'suppressed',
            address,
          }),
        ),
    ],
  }),
  'route.explain': ({ from, to }: { from: string; to: string }) => ({
    from,
    to,
    allowed: true,
    reason: null,
    remedy: null,
    params: {},
    route: { kind: 'smarthost', host: 'smtp.gmx.net', port: 465, tls: 'implicit', auth: 'ana@gmx.net' },
    dkim: null,
    dmarc: null,
    tlsPolicy: null,
    decidedBy: 'account',
  }),
  'suppression.list': () => ({
    suppressions: [
      {
        address: 'nobody@far.test',
        reason: 'recipient-refused/unknown-user',
        serverLine: '550 5.1.1 User unknown',
        code: 550,
        enhanced: '5.1.1',
        since: minutes(-9000),
        until: minutes(9000),
        times: 1,
      },
    ],
  }),
  'suppression.remove': ({ addresses }: { addresses: string[] }) => {
    for (const address of addresses) solved.add(address);
    return { removed: addresses.length };
  },
  'sender.sendCode': () => ({}),
  'sender.confirm': () => {
    solved.add('sender');
    return {};
  },
};

const UNKNOWN: RecipientStatus = {
  address: '',
  state: 'queued',
  route: 'relay',
  host: null,
  code: null,
  enhanced: null,
  tls: null,
  attempts: 1,
  lastAttempt: minutes(-3),
  nextTry: null,
  reason: null,
  serverLine: null,
};

export function makeRecipient(known: Partial<RecipientStatus>): RecipientStatus {
  return { ...UNKNOWN, ...known };
}

const RECIPIENTS: RecipientStatus[] = [
  { ...UNKNOWN, address: 'bea@ok.test', state: 'accepted', host: 'mx1.ok.test', code: 250, tls: 'TLSv1.3' },
  {
    ...UNKNOWN,
    address: LATE,
    state: 'deferred',
    host: 'mx.ferrer.example',
    code: 450,
    enhanced: '4.2.0',
    attempts: 2,
    nextTry: minutes(13.5),
    reason: 'server-error',
    serverLine: '450 4.2.0 Greylisted, see http://postgrey.example/help',
  },
  {
    ...UNKNOWN,
    address: 'sara@nord.example',
    state: 'failed',
    host: 'mx.nord.example',
    code: 552,
    enhanced: '5.2.2',
    reason: 'recipient-refused/mailbox-full',
    serverLine: '552 5.2.2 Over quota',
    report: 'm9',
  },
];

/** A mail in Sent of whose three recipients one got it, one waits, and one's mailbox is full. */
export function makeSentMail({ id }: { id: string }): object {
  const people = RECIPIENTS.map(({ address }) => ({ name: null, address }));
  return {
    id,
    threadId: 't1',
    mailbox: 'sent',
    role: 'sent',
    accounts: [],
    from: [{ name: 'Ana Ruiz', address: FROM }],
    to: people,
    cc: [],
    bcc: [],
    replyTo: [],
    subject: 'Lunch on Monday',
    date: minutes(-4),
    received: minutes(-4),
    size: 900,
    flags: ['seen'],
    labels: [],
    attachments: 0,
    snippet: '',
    messageId: '<1@example.test>',
    inReplyTo: null,
    references: [],
    headers: [],
    text: 'Shall we say one o’clock?',
    html: null,
    parts: [],
    problem: null,
    status: {
      id,
      messageId: '<1@example.test>',
      state: 'queued',
      at: null,
      recipients: RECIPIENTS,
      queueId: 'queue_1',
    },
  };
}

/** A mail in Sent that an administrator stopped for one, and that was not tried for one who failed before. */
export function makeStoppedMail({ id }: { id: string }): object {
  const mail = makeSentMail({ id }) as { status: object };
  const recipients = [
    makeRecipient({ address: 'bea@ok.test', state: 'accepted', host: 'mx1.ok.test', code: 250 }),
    makeRecipient({ address: LATE, state: 'cancelled', reason: 'forbidden/cancelled-by-admin' }),
    makeRecipient({ address: 'sara@nord.example', state: 'cancelled' }),
    makeRecipient({ address: 'nobody@far.test', state: 'failed', reason: 'recipient-refused/suppressed' }),
  ];
  return { ...mail, status: { ...mail.status, recipients } };
}

/** A sender who has to prove himself; `codeSentAt` as `sender.list` says it. Returns what answers for his servers. */
export function makeUnproven(identity: { id: string; account: string }, codeSentAt: string | null) {
  const sender = { identity: identity.id, address: FROM, account: identity.account, way: 'relay' };
  return {
    'route.check': () => ({
      problems: [makeProblem({ code: 'route-refused', reason: 'sender-unverified', address: null })],
    }),
    'sender.list': () => ({
      senders: [{ ...sender, proof: 'needed', how: null, codeSentAt, codeExpiresAt: minutes(600) }],
    }),
  };
}

/** The relay's queue, as far as the mail above needs it. */
export const QUEUE = {
  'thread.show': () => ({ mails: [] }),
  'queue.show': () => ({
    recipients: [
      { id: 'queue_1-1', address: 'bea@ok.test' },
      { id: 'queue_1-2', address: LATE },
    ],
  }),
  'queue.retry': () => ({ changed: 1, trying: 0 }),
};
