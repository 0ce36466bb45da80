// What operators do with this part's data while no server, or none but this one, works on it: for launch/.
export { compactStore } from './keeping/compact-store.ts';
export type { Finding, FindingKind, KeepingStep, OnProgress } from './keeping/finding.ts';
export { openStore, type OpenStore, type StorePlace } from './keeping/open-store.ts';
export { repairStore, type RepairReport } from './keeping/repair-store.ts';
export { verifyStore, type VerifyReport } from './keeping/verify-store.ts';
export { migrations } from './migrations/migrations.ts';
