import type { TestDefinition } from '../language/definition.ts';
import { addressTests } from './address.ts';
import { bodyTests } from './body.ts';
import { dateTests } from './date.ts';
import { environmentTests } from './environment.ts';
import { flagTests } from './flags.ts';
import { headerTests } from './header.ts';
import { logicTests } from './logic.ts';
import { mailboxTests } from './mailbox.ts';
import { sizeTests } from './size.ts';
import { stringTests } from './string.ts';

/** Every test by its name. */
export const TESTS: ReadonlyMap<string, TestDefinition> = new Map(
  Object.entries({
    ...logicTests,
    ...headerTests,
    ...addressTests,
    ...sizeTests,
    ...bodyTests,
    ...stringTests,
    ...flagTests,
    ...mailboxTests,
    ...environmentTests,
    ...dateTests,
  }),
);
