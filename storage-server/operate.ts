// What operators do with this part's data while no server, or none but this one, works on it: for launch/.
export { compactStore } from './keeping/compact-store.ts';
export type { Finding, FindingKind, KeepingStep, OnProgress } from './keeping/finding.ts';
export { openStore, type OpenStore, type StorePlace } from './keeping/open-store.ts';
export { repairStore, type RepairReport } from './keeping/repair-store.ts';
export { verifyStore, type VerifyReport } from './keeping/verify-store.ts';
export { migrations } from './migrations/migrations.ts';
export { backUpUser } from './backup/back-up-user.ts';
export { noteBackup } from './backup/last-backup.ts';
export { buildArchive, readHead } from './backup/build-archive.ts';
export { Repository } from './backup/repository.ts';
export type { Snapshot } from './backup/repository-store.ts';
export type { SnapshotHead } from './backup/snapshot-lines.ts';
export { verifyRepository, type RepositoryReport } from './backup/verify-repository.ts';
