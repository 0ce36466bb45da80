import { MailError } from '../../common/errors.ts';
import { formatTime } from '../../common/time.ts';
import type { Repository } from './repository.ts';
import type { SnapshotLine } from './snapshot-lines.ts';

/** What is wrong in a repository: objects whose bytes are not theirs, mails whose bytes are not there. */
export interface RepositoryReport {
  snapshots: number;
  objects: number;
  damaged: string[];
  missing: string[];
  /** States in which mails lost bytes to either, and how many. */
  affected: { name: string; at: string; mails: number }[];
}

const MOST_NAMED = 1000;

/** Reads everything back: every object against its hash, every snapshot against the objects. */
export function verifyRepository(repository: Repository): RepositoryReport {
  const report: RepositoryReport = { snapshots: 0, objects: 0, damaged: [], missing: [], affected: [] };
  const damaged = new Set<string>();
  for (const detail of repository.index.findDamage()) report.damaged.push(`index.sqlite: ${detail}`);
  for (const name of repository.index.listObjects()) {
    report.objects += 1;
    if (repository.isWhole(name)) continue;
    damaged.add(name);
    if (report.damaged.length < MOST_NAMED) report.damaged.push(name);
  }
  for (const snapshot of repository.index.listSnapshots()) {
    report.snapshots += 1;
    const { name } = snapshot;
    const at = formatTime(snapshot.at);
    const place = `${name} ${at}`;
    let mails = 0;
    try {
      let first = true;
      for (const text of repository.readSnapshot(snapshot)) {
        const line = first ? null : (JSON.parse(text) as SnapshotLine);
        first = false;
        if (line === null || !('mail' in line)) continue;
        const objects = listObjects(line);
        const isMissing = !objects.every((one) => repository.has(one));
        if (isMissing && report.missing.length < MOST_NAMED)
          report.missing.push(`${place}: ${line.mail.facts.id}`);
        if (isMissing || objects.some((one) => damaged.has(one))) mails += 1;
      }
    } catch (error) {
      if (!(error instanceof MailError) && !(error instanceof Error && 'syscall' in error)) throw error;
      report.damaged.push(place);
    }
    if (mails > 0) report.affected.push({ name, at, mails });
  }
  return report;
}

function listObjects({ mail }: Extract<SnapshotLine, { mail: unknown }>): string[] {
  return mail.files.flatMap((file) => (file.kind === 'attachment' ? [file.blob] : [file.header, file.body]));
}
