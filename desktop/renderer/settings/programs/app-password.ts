import type { profileServer } from '../../session/clients.ts';

type Api = ReturnType<typeof profileServer>['appPassword'];

/** As its owner sees it: never the password. */
export type AppPassword = Awaited<ReturnType<Api['list']['query']>>['appPasswords'][number];

/** At its making: the only time that the password is told. */
export type NewAppPassword = Awaited<ReturnType<Api['add']['mutate']>>;
