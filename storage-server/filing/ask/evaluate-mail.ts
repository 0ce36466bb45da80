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
  /** Paths. */
  mailboxes: readonly string[];
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
  const paths = new Set(environment.mailboxes);
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
      now: environment.now,
      mailboxExists: (path) => paths.has(path),
      ...(environment.work === undefined ? {} : { work: environment.work }),
    },
  );
  return { actions, failed: problems.map(({ script, problem }) => ({ script, code: problem.code })) };
}
