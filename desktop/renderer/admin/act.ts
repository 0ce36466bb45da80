import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { queries } from '../mail/cache/mail-cache.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';

/** A change by an admin: afterwards what `keys` name is read again, and `done` is said. A failure is told. */
export function useAct<Input, Output>(
  work: (input: Input) => Promise<Output>,
  after: { keys: readonly string[]; done?: (output: Output, input: Input) => string | null },
): UseMutationResult<Output, unknown, Input> {
  return useMutation({
    mutationFn: work,
    onSuccess: async (output, input) => {
      const text = after.done?.(output, input) ?? null;
      if (text !== null) tell({ kind: 'done', text, action: null, lasts: 6000 });
      await Promise.all(
        after.keys.map(async (key) => await queries.invalidateQueries({ queryKey: ['admin', key] })),
      );
    },
    onError: (error) => tellProblem(toProblem(error)),
  });
}
