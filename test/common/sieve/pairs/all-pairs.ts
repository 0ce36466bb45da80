import { addressPairs } from './address.ts';
import { bodyPairs } from './body.ts';
import { datePairs } from './date.ts';
import { flagPairs } from './flags.ts';
import { headerPairs } from './header.ts';
import { logicPairs } from './logic.ts';
import { malformedPairs } from './malformed.ts';
import type { Pair } from './pair.ts';
import { relationalPairs } from './relational.ts';
import { storePairs } from './store.ts';
import { vacationPairs } from './vacation.ts';
import { variablePairs } from './variables.ts';
import { wildcardPairs } from './wildcards.ts';

export const ALL_PAIRS: Record<string, Pair[]> = {
  logic: logicPairs,
  header: headerPairs,
  wildcards: wildcardPairs,
  address: addressPairs,
  store: storePairs,
  flags: flagPairs,
  variables: variablePairs,
  relational: relationalPairs,
  vacation: vacationPairs,
  body: bodyPairs,
  date: datePairs,
  malformed: malformedPairs,
};
