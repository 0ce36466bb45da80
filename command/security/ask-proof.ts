import type { ProofInput } from '../../common/shapes/factor.ts';
import type { Call } from '../call.ts';
import { askLine } from '../terminal.ts';

/** That it is still the user: the password of the environment, else asked for. */
export async function askProof(call: Call): Promise<ProofInput> {
  const known = call.env['VALIJA_PASSWORD'];
  return { password: known || (await askLine(`${call.words().password}: `, false)) };
}
