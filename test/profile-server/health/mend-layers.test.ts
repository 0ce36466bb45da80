import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { ORGANISATION, type LayerAccount } from '../../../common/shapes/layer.ts';
import type { ProfileContext } from '../../../profile-server/context.ts';
import { listLayersOn, mendLayers } from '../../../profile-server/health/mend/mend-layers.ts';
import { changeLayer } from '../../../profile-server/layer/change-layer.ts';
import { findLayerItem } from '../../../profile-server/layer/layer-store.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { onBothEngines } from '../engines.ts';
import { sampleAccount } from '../layer/sample-layer.ts';

onBothEngines('layers of a host that is mended', (engine) => {
  let server: ProfileContext;
  before(async () => {
    const db = await engine.open();
    const hints = { give: () => undefined };
    const clock = { now: () => 1000 };
    server = { db, clock, hints, random: randomBytes, log: silentLogger } as unknown as ProfileContext;
  });
  const mender = { user: 'admin', reach: { all: true, groups: [] } };
  const to = { host: 'mail.uni.example', port: 995, tls: 'implicit' } as const;
  const put = async (value: LayerAccount, id: string | null = null, base: number | null = null) => {
    const change = { of: ORGANISATION, part: 'accounts', id, base, value, locked: null } as const;
    const { item } = await changeLayer(server, 'another admin', change);
    assert.ok(item !== null);
    return item;
  };
  const read = async (id: string): Promise<LayerAccount> => {
    const record = await findLayerItem(server.db.read, ORGANISATION, 'accounts', id);
    return JSON.parse(record?.value ?? 'null') as LayerAccount;
  };
  const find = async () => await listLayersOn(server.db.read, mender.reach, 'pop.uni.example', to);

  test('what another admin edited meanwhile is mended with his edit', async () => {
    const { id, revision } = await put(sampleAccount());
    const found = await find();
    await put(sampleAccount({ replyTo: 'desk@uni.example' }), id, revision);
    const [mended] = await mendLayers(server, mender, found, { to, dryRun: false });
    assert.equal(mended?.problem, null);
    const { pop3, replyTo } = await read(id);
    assert.deepEqual([pop3.host, replyTo], [to.host, 'desk@uni.example']);
  });

  test('what he moved elsewhere stays there, and is told', async () => {
    const { id, revision } = await put(sampleAccount());
    const found = await find();
    const pop3 = { ...sampleAccount().pop3, host: 'pop.other.example' };
    await put(sampleAccount({ pop3 }), id, revision);
    const [mended] = await mendLayers(server, mender, found, { to, dryRun: false });
    assert.equal(mended?.problem, 'changed');
    assert.equal((await read(id)).pop3.host, 'pop.other.example');
  });
});
