import { prepareShell } from './prepare-shell.ts';
import { openShell } from './open-shell.ts';

// Everything that has to be settled before Chromium is ready; null: another instance has taken over, or a policy is wrong.
const prepared = prepareShell();
if (prepared !== null) openShell(prepared);
