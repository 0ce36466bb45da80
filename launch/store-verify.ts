import { MailError } from '../common/errors.ts';
import type { Language } from '../common/shapes/profile.ts';
import type { Call, Outcome } from '../command/call.ts';
import { formatNumber, formatSize } from '../command/format.ts';
import { fill } from '../command/words/words.ts';
import type { Finding, VerifyReport } from '../storage-server/operate.ts';
import { KEEPING_WORDS } from './keeping-words.ts';
import { readStorePlace, showProgress } from './store-place.ts';

/** `store verify`: reads everything and changes nothing, also beside a running server. Fails when something is wrong. */
export async function run(call: Call): Promise<Outcome> {
  const { openStore, verifyStore } = await import('../storage-server/operate.ts');
  const store = await openStore(readStorePlace(call), 'read');
  const begun = performance.now();
  try {
    const report = await verifyStore(store, showProgress(call));
    const view = viewReport(report, (performance.now() - begun) / 1000);
    const outcome = { value: view, text: formatVerified(view, call.language()) };
    return view.ok ? outcome : { ...outcome, error: refuseDamaged(report.findings.count) };
  } finally {
    await store.close();
  }
}

export type VerifyView = ReturnType<typeof viewReport>;

/** As `--json` prints it: sizes in bytes, `stored` on the disk without rows and index. */
function viewReport({ users, mails, blobs, files, findings, lost }: VerifyReport, seconds: number) {
  return {
    ok: findings.count === 0,
    users,
    mails,
    blobs: blobs.blobs,
    bytes: blobs.bytes,
    stored: files.stored,
    unused: { ...blobs.unused, files: files.unused.length, waste: files.waste },
    problems: findings.listed,
    more: findings.more,
    lost,
    seconds: Math.round(1000 * seconds) / 1000,
  };
}

function refuseDamaged(count: number): MailError {
  return new MailError('internal', `${count} findings`, {
    reason: 'store-damaged',
    params: { count },
    temporary: false,
  });
}

function formatVerified(view: VerifyView, language: Language): string {
  const words = KEEPING_WORDS[language];
  const { users, mails, blobs, bytes, stored, unused, problems, more, lost, seconds } = view;
  const size = (value: number): string => formatSize(value, language);
  const lines = [
    view.ok ? words.whole : fill(words.wrong, { n: problems.length + more }),
    ...formatFindings(problems, language),
    ...(more > 0 ? [fill(words.more, { n: more })] : []),
    ...(lost.length > 0 ? [fill(words.lost, { n: lost.length })] : []),
    fill(words.checked, {
      users,
      mails,
      blobs,
      size: size(bytes),
      stored: size(stored),
      seconds: formatNumber(seconds, 1, language),
    }),
  ];
  const { waste, files } = unused;
  if (unused.blobs + waste + files > 0) {
    const values = { blobs: unused.blobs, size: size(unused.bytes), waste: size(waste), files };
    lines.push(fill(words.unused, values));
  }
  return lines.join('\n');
}

export function formatFindings(findings: readonly Finding[], language: Language): string[] {
  const words = KEEPING_WORDS[language];
  return findings.map(({ kind, user, mail, detail }) =>
    [
      `  ${words[kind]}`,
      ...(mail === null ? [] : [fill(words.ofMail, { mail })]),
      ...(user === null ? [] : [fill(words.ofUser, { user })]),
      ...(detail === null ? [] : [detail]),
    ].join(', '),
  );
}
