import type { MailAuthentication } from '../../common/shapes/mail.ts';

/** Who collected mails really come from: judged behind the user's back, soon after they came. */
export interface Origin {
  stop(): Promise<void>;
}

/** How a mail was judged, as kept. */
export type KeptVerdict = Omit<MailAuthentication, 'judgedAt'>;
