import type { SendStatus } from '../../../../common/shapes/status.ts';
import { storageServer } from '../../session/clients.ts';
import type { DraftSession } from './draft-session.ts';
import { DraftNotSaved } from './draft-state.ts';
import { dropDraft } from './held-drafts.ts';

/** Saves and sends; the mail is held `undo` seconds on the server, or until `at` (ISO). */
export async function sendSession(
  session: DraftSession,
  undo: number,
  at: string | null,
): Promise<SendStatus> {
  const id = await session.demandId();
  if (!(await session.save())) {
    const { problem } = session.store.get();
    if (problem !== null) throw new DraftNotSaved(problem);
  }
  // A picture that was taken out of the text again is not sent along as a file.
  for (const attachment of session.listUnseen()) {
    const { version } = await storageServer().draft.detach.mutate({ id, attachment });
    session.setAttachments((list) => list.filter((one) => one.id !== attachment));
    session.takeVersion(version);
  }
  const send = async (key: string): Promise<SendStatus> =>
    await storageServer().sending.send.mutate({ draft: id, undo, at, key });
  let status = await send(session.key);
  // A try whose answer was lost went through, and was taken back since: this is another sending.
  if (status.state === 'cancelled') status = await send(crypto.randomUUID());
  session.close();
  dropDraft(session);
  return status;
}

export async function discardSession(session: DraftSession): Promise<void> {
  session.close();
  dropDraft(session);
  // The first save may be giving it its id just now.
  await session.settle();
  const { id } = session.store.get();
  if (id !== null) await storageServer().draft.remove.mutate({ id });
}
