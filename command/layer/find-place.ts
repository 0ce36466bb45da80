import { MailError } from '../../common/errors.ts';
import type { Typed } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask, type Connection } from '../server/connection.ts';

// The word of common/shapes/layer.ts; spelt out here because loading zod would double the start of each command.
const ORGANISATION = 'organisation';

/** `--organisation` (also when nothing is said) or `--group NAME`, by id too. MailErrors usage, `not-found`. */
export async function findPlace({ profile }: Connection, typed: Typed): Promise<string> {
  const asked = typed.text('group');
  if (asked === undefined) return ORGANISATION;
  if (typed.has('organisation')) {
    throw makeUsageError('not-together', { option: '--organisation', other: '--group' });
  }
  const { groups } = await ask(profile.group.list.query());
  const key = asked.toLowerCase();
  const found =
    groups.find(({ id }) => id === asked) ?? groups.find(({ name }) => name.toLowerCase() === key);
  if (found !== undefined) return found.id;
  throw new MailError('not-found', `no group ${asked}`, { reason: 'group', params: { group: asked } });
}
