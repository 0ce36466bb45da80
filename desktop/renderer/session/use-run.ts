import { useRef, useState } from 'react';
import { toProblem, type Problem } from './problem.ts';

/** Work that a form does, once at a time: whether it is under way, and what it failed with, as `explain` reads it. */
export function useRun(explain: (error: unknown) => Problem = toProblem): {
  busy: boolean;
  problem: Problem | null;
  run: (work: () => Promise<unknown>) => Promise<void>;
  forget: () => void;
} {
  const [busy, setBusy] = useState(false);
  /** Known at once, where the state is only with the next frame. */
  const isUnder = useRef(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    if (isUnder.current) return;
    isUnder.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(explain(error));
    }
    isUnder.current = false;
    setBusy(false);
  };
  return { busy, problem, run, forget: () => setProblem(null) };
}
