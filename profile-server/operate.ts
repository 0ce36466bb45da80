// What operators do with this part's data while no server, or none but this one, works on it: for launch/.
export { migrations } from './migrations/migrations.ts';
export type { RotationView, VaultStatus } from './vault/rotation/rotation-jobs.ts';
export { findBackupUsers, readProfileBackup, type ProfileBackup } from './transfer/backup-profile.ts';
