import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LayerAccount, LayerPart } from '../../../common/shapes/layer.ts';
import type { ItemValue, ProfileItem, ProfilePart } from '../../../common/shapes/profile.ts';
import { sampleSettings, type TestUser } from '../sample.ts';
import type { ProfileClient } from '../start-server.ts';

/** What a university gives to everybody. */
export function sampleAccount(change: Partial<LayerAccount> = {}): LayerAccount {
  return {
    ...sampleSettings(),
    email: '{{user}}@uni.example',
    name: '{{name}}',
    pop3: { host: 'pop.uni.example', port: 995, tls: 'implicit', user: '{{email}}', auth: 'auto' },
    replyTo: null,
    signature: { text: '{{name}}\n{{group}}, {{date}}', html: '<p>{{name}}<br>{{group}}</p>' },
    ...change,
  };
}

/** Puts an item into a layer; answers its id and revision. */
export async function give(
  admin: ProfileClient,
  of: string,
  part: LayerPart,
  value: unknown,
  how: { id?: string; base?: number; locked?: string } = {},
): Promise<{ id: string; revision: number }> {
  const { id = null, base = null, locked = null } = how;
  const { item } = await admin.layer.change.mutate({ of, part, id, base, value: value as never, locked });
  return { id: item?.id ?? '', revision: item?.revision ?? 0 };
}

/** Until nobody waits for what a layer says. */
export async function untilSettled(admin: ProfileClient): Promise<void> {
  while ((await admin.layer.list.query({ of: 'organisation' })).users.waiting > 0) await nextTurn();
}

export async function itemsOf(user: TestUser, part: ProfilePart): Promise<ProfileItem[]> {
  const { items } = await user.client.profile.read.query({ parts: [part] });
  return items;
}

export async function valueOf<T extends ItemValue>(
  user: TestUser,
  part: ProfilePart,
  id: string,
): Promise<T> {
  const found = (await itemsOf(user, part)).find((item) => item.id === id);
  return (found?.value ?? null) as T;
}
