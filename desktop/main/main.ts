/*
 * The desktop shell. Built by desktop/build.ts into desktop/.dist and started by
 *   electron desktop/.dist/main.cjs [--server=URL] [--lab] [--] [mailto:… | valija://msg/ID]
 * with VALIJA_SERVER and VALIJA_LAB as the weaker way to say the same; policies of the machine beat both (read-policies.ts).
 */
import { prepareShell } from './prepare-shell.ts';
import { openShell } from './open-shell.ts';

// Everything that has to be settled before Chromium is ready; null: another instance has taken over, or a policy is wrong.
const prepared = prepareShell();
if (prepared !== null) openShell(prepared);
