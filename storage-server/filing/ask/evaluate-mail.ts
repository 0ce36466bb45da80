import type { SieveAction } from '../../../common/sieve/action.ts';
import { evaluate } from '../../../common/sieve/evaluate.ts';
import type { Script } from '../../../common/sieve/language/call.ts';
import { readEnvelope } from '../envelope.ts';
import { readBody, type BodySource } from './read-body.ts';
import { readRawFields } from '../read-header.ts';

/** A mail that rules are asked about; it can be posted to a thread. */
export interface RuledMail {
  header: Uint8Array;
  body: BodySource;
  /** Bytes of header and body. */
  size: number;
  account: { id: string; email: string };
  /** Known already; null: to be read out of the body. */
  attachments: number | null;
}

export interface RuleEnvironment {
  now: number;
  /** IANA name; null: none is known, which is UTC. */
  timeZone: string | null;
  /** Paths and ids. */
  mailboxes: readonly string[];
  /** Names of mailboxes too, in whatever case: `INBOX` is one. */
  roles: readonly string[];
  /** What it may cost, where that is less than SIEVE_LIMITS.work. */
  work?: number;
}

/** What the rules asked for; `failed` are scripts that could not be run to their end, by their place. */
export interface RuleAnswer {
  actions: SieveAction[];
  failed: { script: number; code: string }[];
}

/** Runs scripts on one mail. The body is read only if one of them looks at it. */
export function evaluateMail(
  scripts: readonly Script[],
  mail: RuledMail,
  environment: RuleEnvironment,
): RuleAnswer {
  const headers = readRawFields(mail.header);
  const { now, timeZone, work } = environment;
  const mailboxes = new Set(environment.mailboxes);
  const roles = new Set(environment.roles);
  const { actions, problems } = evaluate(
    scripts,
    {
      headers,
      size: mail.size,
      envelope: readEnvelope(headers, mail.account),
      account: mail.account,
      body: () => readBody(mail.header, mail.body, mail.attachments),
    },
    {
      now,
      mailboxExists: (name) => mailboxes.has(name) || roles.has(name.toLowerCase()),
      ...(timeZone === null ? {} : { timeZone }),
      ...(work === undefined ? {} : { work }),
    },
  );
  return { actions, failed: problems.map(({ script, problem }) => ({ script, code: problem.code })) };
}
