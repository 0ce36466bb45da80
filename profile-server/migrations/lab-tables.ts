import { makeStep } from '../../server-kit/database/make-step.ts';

/** Sessions on computers that many people use. */
export const labTables = [
  makeStep('190-session-lab', 'ALTER TABLE session ADD COLUMN lab INTEGER NOT NULL DEFAULT 0'),
  makeStep('191-session-idle', 'ALTER TABLE session ADD COLUMN idle_after BIGINT'),
  makeStep('192-session-room', 'ALTER TABLE session ADD COLUMN room VARCHAR(100)'),
  makeStep('193-session-pc', 'ALTER TABLE session ADD COLUMN pc VARCHAR(100)'),
];
