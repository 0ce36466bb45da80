import type { DraftAttachment } from '../../../../common/shapes/draft.ts';
import { offerFile } from '../../parts/offer-file.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { fetchAttachment } from './fetch-attachment.ts';

/** Gives a file of the draft to the person, to look whether it is the right one. */
export async function openAttached(session: DraftSession, file: DraftAttachment): Promise<void> {
  try {
    offerFile(file.name, await fetchAttachment(session.store.get().id ?? '', file.id));
  } catch (error) {
    tellProblem(toProblem(error), () => void openAttached(session, file));
  }
}
