import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';

export interface FactsRecord {
  part: string;
  at: number;
  /** JSON of PartFacts. */
  facts: string;
}

export async function saveFacts(tx: Writer, { part, at, facts }: FactsRecord): Promise<void> {
  const set = { at: 'replace', facts: 'replace' } as const;
  await writeRows(tx, 'part_facts', ['part', 'at', 'facts'], [[part, at, facts]], { keys: ['part'], set });
}

export async function listFacts(reader: Reader): Promise<FactsRecord[]> {
  return await reader.all<FactsRecord>('SELECT part, at, facts FROM part_facts ORDER BY part LIMIT 10000');
}
