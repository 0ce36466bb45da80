import type { SmtpReply } from '../enhanced-status.ts';
import type { ReplyClass } from './reply-class.ts';
import type { ReplyRule } from './rules/reply-rule.ts';
import { RULES } from './rules/rules.ts';
import type { Speaker, Stage } from './stage.ts';

/** Of a reply so much is read: a host may say what it likes, and rules look at each place in it. */
const LONGEST_TEXT = 1000;
/** Addresses are repeated in replies: somebody may be called `dmarc` or live at `junk.example`. Of a web page with one in its query the page stays. */
const ADDRESS = /[\w!#$%'*+=^`{|}~.-]{1,64}@[\w.-]{1,255}/g;

/** What a reply means. One that nothing fits is a trouble of that host. */
export function findClass(reply: SmtpReply, stage: Stage, speaker: Speaker): ReplyClass {
  const short = { ...reply, text: reply.text.slice(0, LONGEST_TEXT).replace(ADDRESS, 'x@x') };
  return RULES.find((rule) => fits(rule, short, stage, speaker))?.class ?? 'host-trouble';
}

function fits(rule: ReplyRule, reply: SmtpReply, stage: Stage, speaker: Speaker): boolean {
  const { text, status, code, stages, from } = rule;
  if (from !== undefined && from !== speaker) return false;
  if (stages !== undefined && !stages.includes(stage)) return false;
  if (code !== undefined && !code.test(String(reply.code))) return false;
  if (status !== undefined && !status.test(reply.enhanced?.slice(2) ?? '')) return false;
  return text === undefined || text.test(reply.text);
}
