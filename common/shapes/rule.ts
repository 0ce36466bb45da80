import { z } from 'zod';

export const MAX_SCRIPT = 64 * 1024;

/** A rule of the profile: a piece of Sieve (RFC 5228) of its own. Rules run by `position`, the smallest first. */
export const rule = z.object({
  name: z.string().trim().min(1).max(200),
  enabled: z.boolean(),
  position: z.number().min(0).max(1e9),
  script: z.string().max(MAX_SCRIPT),
});
export type Rule = z.infer<typeof rule>;

const text = z.string().min(1).max(1000);

/** What the form compares, and how; `header` names any header field. */
export const ruleCondition = z.discriminatedUnion('test', [
  z.object({
    test: z.enum(['from', 'to', 'cc', 'recipient', 'subject', 'body']),
    match: z.enum(['contains', 'is', 'matches']),
    not: z.boolean(),
    value: text,
  }),
  z.object({
    test: z.literal('header'),
    header: z
      .string()
      .max(100)
      .regex(/^[\u0021-\u0039\u003b-\u007e]+$/),
    match: z.enum(['contains', 'is', 'matches', 'exists']),
    not: z.boolean(),
    value: z.string().max(1000),
  }),
  z.object({
    test: z.literal('size'),
    over: z.boolean(),
    bytes: z
      .number()
      .int()
      .min(0)
      .max(2 ** 40),
  }),
  z.object({ test: z.literal('attachment'), not: z.boolean() }),
  z.object({ test: z.literal('account'), not: z.boolean(), account: z.string().min(1).max(64) }),
]);
export type RuleCondition = z.infer<typeof ruleCondition>;

export const ruleAction = z.discriminatedUnion('action', [
  /** Path of a mailbox. */
  z.object({ action: z.literal('file'), mailbox: text }),
  z.object({ action: z.literal('label'), label: z.string().min(1).max(100) }),
  z.object({ action: z.enum(['flag', 'mark-read', 'discard', 'stop']) }),
  z.object({ action: z.literal('forward'), address: z.string().min(3).max(320), keep: z.boolean() }),
  z.object({
    action: z.literal('vacation'),
    /** Null: the subject of the mail that is answered, after `Auto:`. */
    subject: z.string().max(200).nullable(),
    text: z.string().min(1).max(20_000),
    /** Once for each sender in this time. */
    days: z.number().int().min(1).max(365),
  }),
]);
export type RuleAction = z.infer<typeof ruleAction>;

/** What the client shows as a form; stored as the Sieve that `writeForm` makes of it (common/sieve). */
export const ruleForm = z.object({
  /** True: every condition must hold; false: one is enough. Without conditions the rule is for every mail. */
  all: z.boolean(),
  conditions: z.array(ruleCondition).max(50),
  actions: z.array(ruleAction).min(1).max(20),
});
export type RuleForm = z.infer<typeof ruleForm>;
