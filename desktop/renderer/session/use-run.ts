import { useState } from 'react';
import { toProblem, type Problem } from './problem.ts';

/** Work that a form does, once at a time: whether it is under way, and what it failed with, as `explain` reads it. */
export function useRun(explain: (error: unknown) => Problem = toProblem): {
  busy: boolean;
  problem: Problem | null;
  run: (work: () => Promise<unknown>) => Promise<void>;
  forget: () => void;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(explain(error));
    }
    setBusy(false);
  };
  return { busy, problem, run, forget: () => setProblem(null) };
}
