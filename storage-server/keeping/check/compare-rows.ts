import type { MailIds } from '../../mail/mail-id.ts';
import { makeFinding, type Finding } from '../finding.ts';
import type { CheckedOriginal, ComparedMail } from '../keeping-store.ts';
import type { ProofPool } from './proof-pool.ts';
import { ROW_FIELDS, type RowFields } from './row-fields.ts';
import type { RowToCompare } from './row-proof.ts';

/** Mails of one request. */
const AT_ONCE = 250;
const TENTH = 10;

/** Of which mails the bodies are compared too; of all others the header is. */
export type BodySample = (mail: number) => boolean;

export const allBodies: BodySample = () => true;

/** Every tenth, and another tenth each time. */
export function makeTenth(random: () => number = Math.random): BodySample {
  const chosen = Math.floor(TENTH * random());
  return (mail) => mail % TENTH === chosen;
}

/** Where the rows of these mails say otherwise than their bytes. */
export async function compareRows(
  user: string,
  { ids, proof, bodies }: { ids: MailIds; proof: Pick<ProofPool, 'compareRows'>; bodies: BodySample },
  page: { mails: readonly ComparedMail[]; originals: readonly CheckedOriginal[] },
): Promise<Finding[]> {
  const byMail = Map.groupBy(page.originals, ({ mail }) => mail);
  const parts: ComparedMail[][] = [];
  for (let at = 0; at < page.mails.length; at += AT_ONCE) parts.push(page.mails.slice(at, at + AT_ONCE));
  const found = await Promise.all(
    parts.map(async (mails) => {
      const rows = mails.map((mail) => makeComparable(mail, byMail.get(mail.id) ?? [], bodies(mail.id)));
      const answers = await proof.compareRows(rows);
      return mails.flatMap(({ id }, index) => {
        const wrong = answers[index]?.wrong ?? [];
        const detail = wrong.join(', ');
        return wrong.length === 0
          ? []
          : [makeFinding('row-wrong', { user, mail: ids.mail(user, id), detail })];
      });
    }),
  );
  return found.flat();
}

/** Nothing more of a row than is looked at: it goes to another thread. */
export function makeComparable(
  mail: RowFields & { header: string; body: string; received: number },
  originals: readonly { header: string; body: string }[],
  whole: boolean,
): RowToCompare {
  const { header, body, received } = mail;
  const fields = Object.fromEntries(ROW_FIELDS.map((field) => [field, mail[field]])) as unknown as RowFields;
  const others = originals
    .filter((one) => one.header !== header || one.body !== body)
    .map((one) => ({ header: one.header, body: one.body }));
  return { ...fields, header, body, received, others, whole };
}
