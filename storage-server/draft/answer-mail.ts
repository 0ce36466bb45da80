import { chooseIdentity } from '../../common/compose/identity.ts';
import { quoteMail } from '../../common/compose/quote.ts';
import { chooseRecipients } from '../../common/compose/recipients.ts';
import { makeAnswerSubject } from '../../common/compose/subject.ts';
import { makeVariables } from '../../common/compose/variables.ts';
import { MailError } from '../../common/errors.ts';
import { BODY_LIMITS, type DraftContent } from '../../common/shapes/draft.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import type { MailView } from '../../common/shapes/mail.ts';
import type { Millis } from '../../common/time.ts';
import type { AnswerMail } from './drafts.ts';
import type { CopiedPart } from './draft-parts.ts';

/** The draft that answers `view`: quoted, addressed, signed, from the identity that received it. */
export function answerMail(
  view: Omit<MailView, 'status'>,
  identities: readonly Identity[],
  input: AnswerMail,
  at: Millis,
  /** What the answer carries along of the mail. */
  parts: readonly CopiedPart[] = [],
): DraftContent {
  const identity = chooseIdentity(identities, view);
  const own = identities.map((one) => one.address);
  const { to, cc } = chooseRecipients(view, own, input.kind);
  const signature = identity?.signature ?? null;
  const { language } = input;
  const values = makeVariables(identity ?? null, { at, language, timeZone: input.timeZone ?? 'UTC' });
  const { text, html } = quoteMail(view, {
    kind: input.kind,
    language,
    timeZone: input.timeZone,
    signature: signature === null ? null : { ...signature, values },
    pictures: new Map(parts.flatMap(({ contentId, id }) => (contentId === null ? [] : [[contentId, id]]))),
  });
  const forward = input.kind === 'forward';
  return {
    identity: identity?.id ?? null,
    from: null,
    to: to.slice(0, 500),
    cc: cc.slice(0, 500),
    bcc: [],
    subject: makeAnswerSubject(view.subject, input.kind, input.language).slice(0, 2000),
    text,
    html,
    inReplyTo: forward ? null : view.id,
    forwardOf: forward ? view.id : null,
  };
}

/**
 * The content of a mail that lies in Drafts without a draft of ours beside it: taken back after it
 * was sent raw, or brought in by an import. MailError `too-large` when the editor could not hold it.
 */
export function readContent(
  view: Omit<MailView, 'status'>,
  identities: readonly Identity[],
  parts: readonly CopiedPart[],
): DraftContent {
  const from = view.from[0]?.address ?? null;
  const identity = identities.find((one) => one.address.toLowerCase() === from?.toLowerCase());
  let html = view.html;
  for (const part of parts) {
    if (part.contentId === null || html === null) continue;
    html = html.replaceAll(`cid:${part.contentId}`, `cid:${part.id}`);
  }
  const text = view.text ?? '';
  if (text.length > BODY_LIMITS.text || (html?.length ?? 0) > BODY_LIMITS.html) {
    throw new MailError('too-large', 'the mail is too long to be written on', { reason: 'draft-body' });
  }
  return {
    identity: identity?.id ?? null,
    from,
    to: view.to,
    cc: view.cc,
    bcc: view.bcc,
    subject: view.subject.slice(0, 2000),
    text,
    html,
    inReplyTo: null,
    forwardOf: null,
  };
}
