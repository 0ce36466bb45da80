import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import type { LdapDirectory, OidcProvider, OuterIdentities } from '../../common/shapes/directory.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { ldapInput, oidcInput } from './directory-shapes.ts';
import { readLdap, removeLdap, setLdap } from './ldap/ldap-directory.ts';
import { beginLink, listLinks, removeLink } from './links.ts';
import { listProviders, removeProvider, setProvider } from './oidc/provider/providers.ts';

const password = z.string().max(4096).optional();

export const directoryRouter = trpc.router({
  listOidc: trpc.admin.query(async ({ ctx: { server } }): Promise<{ providers: OidcProvider[] }> => ({
    providers: await listProviders(server.db.read),
  })),
  setOidc: trpc.admin
    .input(oidcInput)
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<OidcProvider> =>
        await setProvider(server, caller.user, input),
    ),
  removeOidc: trpc.admin
    .input(z.object({ id }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<{ removed: string }> =>
        await removeProvider(server, caller.user, input.id),
    ),
  readLdap: trpc.admin.query(async ({ ctx: { server } }): Promise<{ directory: LdapDirectory | null }> => ({
    directory: await readLdap(server.db.read),
  })),
  setLdap: trpc.admin
    .input(ldapInput)
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<LdapDirectory> =>
        await setLdap(server, caller.user, input),
    ),
  removeLdap: trpc.admin.mutation(
    async ({ ctx: { server, caller } }): Promise<{ removed: string }> =>
      await removeLdap(server, caller.user),
  ),
  /** The caller's own ways in beside the password. */
  links: trpc.user.query(
    async ({ ctx: { server, caller } }): Promise<OuterIdentities> => await listLinks(server, caller.user),
  ),
  beginLink: trpc.user
    .input(z.object({ provider: id, password }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<{ url: string }> =>
        await beginLink(server, caller, input),
    ),
  removeLink: trpc.user
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<{ removed: string }> => {
      if (await removeLink(server, caller.user, input.id)) return { removed: input.id };
      throw new MailError('not-found', `no link ${input.id}`, { reason: 'directory-link' });
    }),
});
