import { MailError } from '../../common/errors.ts';
import type { Repository } from './repository.ts';
import type { SnapshotLine } from './snapshot-lines.ts';

/** What is wrong in a repository: objects whose bytes are not theirs, mails whose bytes are not there. */
export interface RepositoryReport {
  snapshots: number;
  objects: number;
  damaged: string[];
  missing: string[];
}

const MOST_NAMED = 1000;

/** Reads everything back: every object against its hash, every snapshot against the objects. */
export function verifyRepository(repository: Repository): RepositoryReport {
  const report: RepositoryReport = { snapshots: 0, objects: 0, damaged: [], missing: [] };
  for (const detail of repository.index.findDamage()) report.damaged.push(`index.sqlite: ${detail}`);
  for (const name of repository.index.listObjects()) {
    report.objects += 1;
    if (!repository.isWhole(name) && report.damaged.length < MOST_NAMED) report.damaged.push(name);
  }
  for (const snapshot of repository.index.listSnapshots()) {
    report.snapshots += 1;
    const place = `${snapshot.name} ${new Date(snapshot.at).toISOString()}`;
    try {
      let first = true;
      for (const text of repository.readSnapshot(snapshot)) {
        if (!first) checkLine(repository, report, place, JSON.parse(text) as SnapshotLine);
        first = false;
      }
    } catch (error) {
      if (!(error instanceof MailError) && !(error instanceof Error && 'syscall' in error)) throw error;
      report.damaged.push(place);
    }
  }
  return report;
}

function checkLine(
  repository: Repository,
  report: RepositoryReport,
  place: string,
  line: SnapshotLine,
): void {
  if (!('mail' in line)) return;
  for (const file of line.mail.files) {
    const names = file.kind === 'attachment' ? [file.blob] : [file.header, file.body];
    if (names.every((name) => repository.has(name)) || report.missing.length >= MOST_NAMED) continue;
    report.missing.push(`${place}: ${line.mail.facts.id}`);
  }
}
