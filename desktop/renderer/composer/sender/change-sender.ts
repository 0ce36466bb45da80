import type { DraftSession } from '../session/draft-session.ts';

/** The mail leaves as somebody else, and is signed so. */
export function changeSender(session: DraftSession, identity: string | null): void {
  session.edit({ identity });
  void import('../signing/change-signature.ts').then((module) => module.changeSignature(session));
}
