import { z } from 'zod';
import { count, id, list, orNull, pop3Auth, port, problem, text, time, tls } from './contract-words.ts';
import { AUTH_RESULTS } from '../../common/shapes/mail.ts';

// docs/json.md as strict shapes: a key too many or too few is a broken promise.
export const errorLine = z.strictObject({
  error: z.strictObject({
    code: text,
    message: text,
    action: orNull(text),
    field: orNull(text),
    serverLine: orNull(z.string()),
    retryAfter: orNull(z.number().min(0)),
  }),
});
export const account = z.strictObject({
  id,
  email: text,
  name: orNull(z.string()),
  pop3: z.strictObject({ host: text, port, tls, user: text, auth: pop3Auth }),
  send: z.strictObject({
    way: z.enum(['relay', 'smarthost']),
    smtp: orNull(z.strictObject({ host: text, port, tls, user: orNull(text), auth: text })),
  }),
  keep: z.string().regex(/^(always|delete|mirror|days:\d+)$/),
  interval: z.number().int().min(60),
  adaptive: z.boolean(),
  currentInterval: z.number().int().min(60),
  paused: z.boolean(),
  signedInOnly: z.boolean(),
  state: z.enum(['new', 'ok', 'late', 'failing', 'needs-sign-in', 'paused']),
  lastSuccess: orNull(time),
  nextTry: orNull(time),
  nextAllowed: orNull(time),
  failingSince: orNull(time),
  oauth: orNull(text),
  error: orNull(problem),
});
export const accountList = z.strictObject({ accounts: list(account) });
export const accountRemove = z.strictObject({ removed: id });
export const accountTest = z.strictObject({
  pop3: z.strictObject({
    ok: z.boolean(),
    error: orNull(problem),
    tls: orNull(text),
    capabilities: list(z.string()),
    messages: orNull(count),
  }),
  smtp: orNull(z.strictObject({ ok: z.boolean(), error: orNull(problem), tls: orNull(text) })),
});
export const check = z.strictObject({
  accounts: list(
    z.strictObject({
      id,
      email: text,
      new: count,
      bytes: count,
      seconds: z.number().min(0),
      nextAllowed: orNull(time),
      error: orNull(problem),
    }),
  ),
});

const address = z.strictObject({ name: orNull(z.string()), address: z.string() });
const role = z.enum(['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive']);
export const row = z.strictObject({
  id,
  threadId: id,
  mailbox: id,
  role: orNull(role),
  accounts: list(id),
  from: list(address),
  to: list(address),
  subject: z.string(),
  date: time,
  received: time,
  size: count,
  flags: list(z.enum(['seen', 'flagged', 'answered', 'forwarded', 'draft'])),
  labels: list(z.string()),
  attachments: count,
  snippet: z.string(),
});
export const mailList = z.strictObject({ mails: list(row), next: orNull(text), total: count, unread: count });

export const search = z.strictObject({ mails: list(row), next: orNull(text), total: orNull(count) });

export const status = z.strictObject({
  id,
  messageId: text,
  state: z.enum(['held', 'scheduled', 'queued', 'sent', 'partly', 'failed', 'cancelled']),
  at: orNull(time),
  recipients: list(
    z.strictObject({
      address: text,
      state: z.enum(['held', 'queued', 'accepted', 'deferred', 'failed', 'cancelled']),
      route: orNull(z.enum(['relay', 'smarthost'])),
      host: orNull(text),
      code: orNull(z.number().int()),
      enhanced: orNull(text),
      tls: orNull(text),
      attempts: count,
      lastAttempt: orNull(time),
      nextTry: orNull(time),
      reason: orNull(text),
      serverLine: orNull(z.string()),
    }),
  ),
});
export const sendWaiting = z.strictObject({
  sends: list(status.extend({ subject: z.string(), to: list(address) })),
});
const reminder = z.strictObject({
  mail: row,
  at: time,
  unlessAnswered: z.boolean(),
  state: z.enum(['waiting', 'due']),
});
export const remindSet = z.strictObject({ reminder });
export const remindList = z.strictObject({ reminders: list(reminder) });
const snoozed = list(z.strictObject({ mail: row, at: time, state: z.enum(['waiting', 'back']) }));
export const snooze = z.strictObject({ snoozed });
export const snoozeEnd = z.strictObject({ ended: z.number().int() });
export const removed = z.strictObject({ removed: id });
const authResult = z.enum(AUTH_RESULTS);
export const mailView = row.extend({
  cc: list(address),
  bcc: list(address),
  replyTo: list(address),
  messageId: orNull(text),
  inReplyTo: orNull(text),
  references: list(text),
  headers: list(z.tuple([text, z.string()])),
  text: orNull(z.string()),
  html: orNull(z.string()),
  parts: list(
    z.strictObject({
      id: z.string().regex(/^\d+(\.\d+)*$/),
      type: text,
      charset: orNull(text),
      name: orNull(z.string()),
      size: count,
      disposition: orNull(z.enum(['inline', 'attachment'])),
      contentId: orNull(text),
    }),
  ),
  problem: orNull(z.strictObject({ code: text, message: text })),
  status: orNull(status),
  authentication: orNull(
    z.strictObject({
      from: z.strictObject({ domain: orNull(text), dmarc: authResult }),
      dkim: list(z.strictObject({ domain: text, selector: text, result: authResult })),
      spf: orNull(z.strictObject({ domain: text, result: authResult, ip: orNull(text) })),
      arc: orNull(z.strictObject({ result: authResult })),
      by: text,
      judgedAt: time,
    }),
  ),
  remote: z.strictObject({
    images: count,
    trackers: list(z.strictObject({ host: text, name: orNull(text) })),
  }),
  unsubscribe: orNull(
    z.strictObject({
      oneClick: z.boolean(),
      url: orNull(text),
      mailto: orNull(text),
      doneAt: orNull(time),
    }),
  ),
});
export const changed = z.strictObject({ changed: count, operation: id.nullable() });
export const mailboxList = z.strictObject({
  mailboxes: list(
    z.strictObject({
      id,
      name: text,
      path: text,
      role: orNull(role),
      parent: orNull(id),
      total: count,
      unread: count,
      bytes: count,
    }),
  ),
});
const url = z.url();
export const readyLine = z.strictObject({
  ready: z.literal(true),
  web: orNull(url),
  profile: orNull(url),
  storage: orNull(url),
  submission: orNull(z.strictObject({ host: text, port })),
  relay: orNull(url),
  dataDir: z.string().startsWith('/'),
  setupCode: orNull(z.string().regex(/^[\w-]{22,}$/)),
});
