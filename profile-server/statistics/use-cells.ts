import {
  USE_ACCOUNTS,
  USE_CLASSES,
  USE_KINDS,
  USE_MEASURES,
  type UseKind,
  type UseMeasure,
} from '../../common/shapes/use.ts';

type Base = 'received' | 'sent' | 'users';

const BASES: Record<UseMeasure, Base> = {
  inHour: 'received',
  inSize: 'received',
  read: 'received',
  answered: 'received',
  outHour: 'sent',
  outSize: 'sent',
  outWay: 'sent',
  accounts: 'users',
};

/** What the classes of a measure add up to: measures of one base have their totals in common. */
export function baseOf(measure: UseMeasure): Base {
  return BASES[measure];
}

/** One cell of the tables; `segment` null is everybody, `bucket` null all classes together. */
export interface Place {
  kind: UseKind;
  segment: string | null;
  measure: UseMeasure;
  bucket: number | null;
}

/** How many mails (or users), and how many users stand behind that. */
export interface Cell {
  value: number;
  users: number;
}

/** The numbers of one period. A total stands once under one name, however many tables show it. */
export interface UseCells {
  segments: Record<UseKind, string[]>;
  cells: Map<string, Cell>;
}

export function countClasses(measure: UseMeasure): number {
  return measure === 'accounts' ? USE_ACCOUNTS.length + 1 : USE_CLASSES[measure];
}

/** Users have one group, and several providers: how many accounts somebody has belongs to no provider. */
export function listMeasures(kind: UseKind): UseMeasure[] {
  return USE_MEASURES.filter((measure) => kind === 'group' || measure !== 'accounts');
}

export function listKinds(measure: UseMeasure): UseKind[] {
  return USE_KINDS.filter((kind) => listMeasures(kind).includes(measure));
}

/** The measures of a kind whose totals are those of this one, itself too. */
export function listOfOneBase(kind: UseKind, measure: UseMeasure): UseMeasure[] {
  return listMeasures(kind).filter((one) => baseOf(one) === baseOf(measure));
}

/** The same for places that are one cell. */
export function nameCell({ kind, segment, measure, bucket }: Place): string {
  const who = segment === null ? '*' : `${kind}:${segment}`;
  return `${baseOf(measure)}|${who}|${bucket === null ? '*' : `${measure}:${bucket}`}`;
}

/** Every place of every table, totals too. */
export function* listPlaces(segments: UseCells['segments']): Generator<Place> {
  for (const kind of USE_KINDS) {
    for (const measure of listMeasures(kind)) {
      const buckets = [null, ...Array.from({ length: countClasses(measure) }, (_, bucket) => bucket)];
      for (const segment of [null, ...segments[kind]]) {
        for (const bucket of buckets) yield { kind, segment, measure, bucket };
      }
    }
  }
}
