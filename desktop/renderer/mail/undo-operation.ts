import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tellProblem } from '../shell/notices.ts';

/** Takes back what a change of many mails did; the lists follow by the server's news. */
export async function undoOperation(operation: string): Promise<void> {
  try {
    await storageServer().mail.undo.mutate({ operation });
  } catch (error) {
    tellProblem(toProblem(error), () => void undoOperation(operation));
  }
}
