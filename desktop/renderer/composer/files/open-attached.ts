import type { DraftAttachment } from '../../../../common/shapes/draft.ts';
import { offerFile } from '../../parts/offer-file.ts';
import { storageUrl } from '../../session/clients.ts';
import { demandOk, toProblem } from '../../session/problem.ts';
import { tokenFor } from '../../session/tokens.ts';
import { tellProblem } from '../../shell/notices.ts';
import type { DraftSession } from '../session/draft-session.ts';

/** Gives a file of the draft to the person, to look whether it is the right one. */
export async function openAttached(session: DraftSession, file: DraftAttachment): Promise<void> {
  try {
    const response = await demandOk(
      await fetch(`${storageUrl()}/draft/${session.store.get().id ?? ''}/attachment/${file.id}`, {
        headers: { authorization: `Bearer ${await tokenFor('storage')}` },
      }),
    );
    offerFile(file.name, await response.blob());
  } catch (error) {
    tellProblem(toProblem(error), () => void openAttached(session, file));
  }
}
