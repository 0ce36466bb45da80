import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Search } from '../../../storage-server/search/search.ts';
import { namePlaces } from '../../../storage-server/search/query/name-places.ts';
import { parseQuery } from '../../../storage-server/search/query/parse-query.ts';
import { readChanged } from '../../../storage-server/search/search-store.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { type MailRig, incoming, newUser, startMailRig } from '../mail-rig.ts';
import { MemoryIndex, readText } from './memory-index.ts';
import { findSubjects, startRigSearch, writeMail } from './search-rig.ts';

const WORDS = [
  'run',
  'running',
  'runs',
  'información',
  'informaciones',
  'José',
  'jose',
  '東京',
  '京都に',
  'fox',
  'foxes',
  'the',
  'a',
  'Straße',
  'casa',
  'casas',
  'house',
  'make',
  'making',
  '2026',
  'naïve',
  'well-known',
  'x',
  'año',
  'anos',
  'Übung',
];
const MAILS = 300;
const QUERIES = 400;

/** Numbers from a seed, the same in every run (mulberry32). */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

for (const name of ENGINES)
  describe(
    `results are those of a plain scan over the same mails (${name})`,
    { skip: missingEngine(name) },
    () => {
      let engine: TestEngine;
      let rig: MailRig;
      let search: Search;
      const user = newUser();
      const random = makeRandom(20261121);
      const pick = <T>(of: readonly T[]): T => of[random(of.length)]!;
      const some = (most: number): string =>
        Array.from({ length: 1 + random(most) }, () => pick(WORDS)).join(' ');
      const writeQuery = (depth: number): string => {
        const kind = random(depth > 2 ? 6 : 10);
        const word = pick(WORDS);
        if (kind < 3) return word;
        if (kind === 3) return `"${some(2)}"`;
        if (kind === 4)
          return `${pick(['from', 'to', 'cc', 'subject'])}:${random(2) ? word : `"${some(2)}"`}`;
        if (kind === 5) {
          const day = `2026-0${1 + random(9)}-1${random(9)}`;
          const size = 350 + random(300);
          return pick([
            'is:unread',
            'is:flagged',
            'is:noleído',
            'label:Work',
            'etiqueta:"casa vieja"',
            `smaller:${size}`,
            'has:attachment',
            'filename:fox',
            'in:inbox',
            'in:trash',
            `before:${day}`,
            `after:${day}`,
            `larger:${size}`,
            word.length < 2 ? word : `${word.slice(0, 2)}*`,
          ]);
        }
        if (kind === 6) return `-${writeQuery(depth + 1)}`;
        if (kind === 7) return `(${writeQuery(depth + 1)} OR ${writeQuery(depth + 1)})`;
        return `(${writeQuery(depth + 1)} ${writeQuery(depth + 1)})`;
      };

      before(async () => {
        engine = await startEngine(name);
        rig = await startMailRig(engine);
        search = await startRigSearch(rig);
        const mails = Array.from({ length: MAILS }, (_, number) =>
          incoming(
            writeMail(
              {
                From: `${some(2)} <${pick(['run', 'jose', 'fox'])}@example.com>`,
                To: `${some(1)} <b@example.org>`,
                ...(random(3) === 0 ? { Cc: `${some(1)} <c@example.org>` } : {}),
                Subject: `${number} ${some(3)}`,
                Date: new Date(Date.UTC(2026, random(9), 1 + random(28), random(24))).toUTCString(),
              },
              some(random(4) === 0 ? 60 : 12),
            ),
            {
              flags: random(2) ? ['seen'] : random(2) ? ['flagged'] : [],
              mailbox: pick(['mbx_inbox', 'mbx_trash']),
              labels: random(3) === 0 ? [pick(['work', 'Casa Vieja', 'other'])] : [],
            },
          ),
        );
        await rig.mails.ingestMails(user, mails);
        await search.settle(user);
      });
      after(async () => {
        await search.stop();
        await rig.stop();
        await engine.stop();
      });

      test(`${QUERIES} queries over ${MAILS} mails`, async () => {
        const plain = new MemoryIndex();
        const rows = await readChanged(rig.db.read, user, { modseq: 0, mail: 0 }, MAILS);
        const read = async (row: (typeof rows)[number]) => ({ row, text: await readText(rig.blobs, row) });
        plain.save({ rows: await Promise.all(rows.map(read)), fresh: [], removed: [], state: null });
        const profile = await rig.core.home.readProfile(user);
        const subjects = new Map<number, string>();
        const ids = rows.map(({ mail }) => rig.core.ids.mail(user, mail));
        for (const row of await rig.mails.readRows(user, ids)) {
          subjects.set(rig.core.ids.read(user, row.id), row.subject);
        }
        let found = 0;
        for (let round = 0; round < QUERIES; round++) {
          const text = writeQuery(0);
          const query = namePlaces(parseQuery(text, null), profile);
          const expected = plain.find(query, { before: null, from: 0 }, MAILS);
          found += expected.length;
          assert.deepEqual(
            await findSubjects(search, user, text, 1 + random(500)),
            expected.map(({ mail }) => subjects.get(mail)),
            text,
          );
          if (round % 10 === 0) {
            const numbers = expected.map(({ mail }) => mail);
            assert.deepEqual(await search.findNumbers(user, text), numbers, text);
          }
        }
        assert.ok(found > QUERIES, 'the queries found something');
      });
    },
  );
