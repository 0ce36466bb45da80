import { z } from 'zod';
import { profileFile } from '../../common/archive/profile-file.ts';
import { MailError } from '../../common/errors.ts';
import { accountSecrets } from '../../common/shapes/account.ts';
import { readJson } from '../../server-kit/http/answer.ts';
import type { Route } from '../../server-kit/http/server.ts';
import { openSealedFile } from '../../server-kit/sealed-file.ts';
import { checkShape } from '../profile/item/check-shape.ts';
import type { ProfileContext } from '../context.ts';
import { importProfile } from './import-profile.ts';

/** A profile with many contacts and their pictures is larger than what tRPC takes. */
const LARGEST = 64 << 20;

const body = z.union([
  z.object({ profile: profileFile }),
  /** `profile export --with-secrets`, in base64. */
  z.object({ file: z.string(), passphrase: z.string().min(1).max(1000) }),
]);
const withSecrets = profileFile.extend({ secrets: z.record(z.string(), accountSecrets) });

/** POST /profile/import, as JSON `{profile}` or `{file, passphrase}`: what was added, changed, there already and refused. */
export function makeProfileTransferRoutes(server: ProfileContext): Route[] {
  return [
    {
      method: 'POST',
      path: /^\/profile\/import$/,
      handle: async ({ req, res, caller }) => {
        if (caller.kind !== 'user') throw new MailError('forbidden', 'only users may do this');
        const input = checkShape(body, await readJson(req, LARGEST));
        const { profile, secrets } =
          'profile' in input ? { profile: input.profile, secrets: {} } : await open(server, input);
        const result = await importProfile(server, caller, profile, secrets);
        res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        res.end(JSON.stringify(result));
      },
    },
  ];
}

async function open(server: ProfileContext, { file, passphrase }: { file: string; passphrase: string }) {
  const sealed = Buffer.from(file, 'base64');
  // One at a time: each guess costs 128 MiB.
  const plain = await server.signInLock.run('sealing', async () => await openSealedFile(sealed, passphrase));
  const { secrets, ...profile } = checkShape(withSecrets, JSON.parse(plain.toString('utf8')));
  return { profile, secrets };
}
