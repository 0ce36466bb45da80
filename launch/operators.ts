import type { LoadRun, OperatorCommand } from '../command/table.ts';

/** What the operators' commands do: here, since they open a data directory. Loaded only when they run. */
export const OPERATORS: Record<OperatorCommand, LoadRun> = {
  'store verify': async () => await import('./store-verify.ts'),
  'store repair': async () => await import('./store-repair.ts'),
  'store compact': async () => await import('./store-compact.ts'),
  'migrate-database': async () => await import('./migrate-database.ts'),
  'master-key rotate': async () => await import('./master-key/rotate.ts'),
  'master-key status': async () => await import('./master-key/status.ts'),
  'master-key cancel': async () => await import('./master-key/cancel.ts'),
  backup: async () => await import('./backup.ts'),
  restore: async () => await import('./restore.ts'),
};
