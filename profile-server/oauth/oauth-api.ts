import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import type { OAuthBegin, OAuthChoice, OAuthClient, OAuthWait } from '../../common/shapes/oauth.ts';
import { trpc } from '../trpc.ts';
import { beginSignIn } from './sign-in/begin-sign-in.ts';
import { bindBrowser } from './sign-in/browser-binding.ts';
import { listClients, removeClient, setClient } from './provider/clients.ts';
import { beginInput, clientInput } from './oauth-shapes.ts';
import { listChoices } from './provider/providers.ts';
import { waitForSignIn } from './sign-in/wait-for-sign-in.ts';

export const oauthRouter = trpc.router({
  begin: trpc.user
    .input(beginInput)
    .mutation(
      async ({ ctx: { server, caller, res }, input }): Promise<OAuthBegin> =>
        await beginSignIn(server, caller, input, bindBrowser(server, res)),
    ),
  wait: trpc.user
    .input(z.object({ id }))
    .query(
      async ({ ctx: { server, caller }, input, signal }): Promise<OAuthWait> =>
        await waitForSignIn(server, caller.user, input.id, signal),
    ),
  /** The home asks too: what it finds for an address says which sign-in there is. */
  providers: trpc.userOrStorage.query(async ({ ctx: { server } }): Promise<{ providers: OAuthChoice[] }> => ({
    providers: await listChoices(server),
  })),
  clients: trpc.admin.query(async ({ ctx: { server } }): Promise<{ clients: OAuthClient[] }> => ({
    clients: await listClients(server),
  })),
  setClient: trpc.admin
    .input(clientInput)
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<OAuthClient> =>
        await setClient(server, caller.user, input),
    ),
  removeClient: trpc.admin
    .input(z.object({ provider: id }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<{ removed: string }> =>
        await removeClient(server, caller.user, input.provider),
    ),
});
