import { openMailRig, incoming } from '../mail-rig.ts';
import { makeBombs } from './bombs.ts';

/** What one bomb cost, said on stdout as a line of JSON. */
export interface BombReport {
  name: string;
  /** Its bytes are as they came, and its parts have the sizes that they are shown with. */
  exact: boolean;
  listed: boolean;
  parts: number;
  problem: string | null;
  /** Processor seconds of taking it in, of listing and showing it, and of the part that took longest. */
  stored: number;
  shown: number;
  part: number;
  /** MiB that the process grew by, at its highest. */
  memory: number;
}

/** Takes each bomb in as retrieval does, lists it and opens all of it: argv DIR. */
const [dir = ''] = process.argv.slice(2);
const rig = await openMailRig(dir, null);
const USER = 'user_bombed';
const rss = (): number => process.resourceUsage().maxRSS / 1024;
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
await rig.mails.ingestMails(USER, [incoming('Subject: warm\r\n\r\nup\r\n')]);
for (const [name, text] of makeBombs()) {
  const source = Buffer.from(text, 'latin1');
  const before = rss();
  const begun = cpu();
  const [made] = await rig.mails.ingestMails(USER, [incoming(source)]);
  const id = made!.mailId;
  const stored = cpu() - begun;
  const raw = await rig.mails.openRaw(USER, id, null);
  let exact = raw.size === source.length;
  let at = 0;
  for await (const piece of raw.open(0, raw.size)) {
    const bytes = piece as Buffer;
    exact &&= bytes.equals(source.subarray(at, at + bytes.length));
    at += bytes.length;
  }
  const opening = cpu();
  const [row] = await rig.mails.readRows(USER, [id]);
  const page = await rig.mails.readPage(USER, { mailbox: 'inbox', account: null, limit: 500, after: null });
  const view = await rig.mails.show(USER, id);
  const shown = cpu() - opening;
  let slowest = 0;
  for (const part of view.parts) {
    const asked = cpu();
    const bytes = await rig.mails.openPart(USER, id, part.id);
    let size = 0;
    for await (const piece of bytes.open(0, bytes.size)) size += (piece as Buffer).length;
    exact &&= size === part.size;
    slowest = Math.max(slowest, cpu() - asked);
  }
  const report: BombReport = {
    name,
    exact,
    listed: row?.id === id && page.mails.some((one) => one.id === id),
    parts: view.parts.length,
    problem: view.problem?.code ?? null,
    stored,
    shown,
    part: slowest,
    memory: rss() - before,
  };
  console.log(JSON.stringify(report));
}
await rig.stop();
