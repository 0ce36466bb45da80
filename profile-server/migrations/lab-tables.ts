import { makeStep } from '../../server-kit/database/make-step.ts';

/** Sessions on computers that many people use. */
export const labTables = [
  makeStep('190-session-lab', 'ALTER TABLE session ADD COLUMN lab INTEGER NOT NULL DEFAULT 0'),
  makeStep('191-session-idle', 'ALTER TABLE session ADD COLUMN idle_after BIGINT'),
  makeStep('192-session-room', 'ALTER TABLE session ADD COLUMN room VARCHAR(100)'),
  makeStep('193-session-pc', 'ALTER TABLE session ADD COLUMN pc VARCHAR(100)'),
  makeStep(
    '194-lab-room',
    `CREATE TABLE lab_room (
      name VARCHAR(100) NOT NULL PRIMARY KEY,
      networks LONGTEXT NOT NULL,
      forced INTEGER NOT NULL
    )`,
  ),
  makeStep(
    '195-session-log',
    `CREATE TABLE session_log (
      session VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      room VARCHAR(100),
      pc VARCHAR(100),
      address VARCHAR(64) NOT NULL,
      client VARCHAR(200),
      lab INTEGER NOT NULL,
      from_at BIGINT NOT NULL,
      to_at BIGINT,
      ended VARCHAR(16)
    )`,
  ),
  makeStep('196-session-log-time', 'CREATE INDEX session_log_time ON session_log (from_at)'),
  makeStep('197-session-log-room', 'CREATE INDEX session_log_room ON session_log (room, from_at)'),
];
