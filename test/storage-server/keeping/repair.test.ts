import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { DAMAGES } from './damage.ts';
import { kindsOf, startKeepingRig, type KeepingRig } from './keeping-rig.ts';

for (const name of ENGINES) {
  describe(`repair on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: KeepingRig;
    /** Originals without bytes. */
    let lost = new Set<string>();
    before(async () => {
      engine = await startEngine(name);
      rig = await startKeepingRig(engine);
    });
    after(async () => {
      await rig.stop();
      await engine.stop();
    });

    for (const { damage, engines } of DAMAGES) {
      if (engines === 'sqlite' && name !== 'sqlite') continue;
      test(`${damage.name}: found, and mended or told`, async () => {
        const before = await rig.readRaw();
        await damage.harm(rig);
        const report = await rig.repair();
        assert.deepEqual(kindsOf(report.mended), damage.kinds);
        // It ends with another look at everything.
        assert.deepEqual(report.left.listed, []);
        const given = report.lost.map(
          ({ user, mail, account }) => `${user} ${rig.store.ids.read(user, mail)} ${account}`,
        );
        if (damage.lost !== null) assert.equal(given.length, damage.lost);
        lost = new Set([...lost, ...given]);
        for (const [original, bytes] of await rig.readRaw()) {
          if (lost.has(original)) assert.equal(typeof bytes, 'string', original);
          else assert.deepEqual(bytes, before.get(original), original);
        }
      });
    }

    test('what is lost is told of each time, and is no longer wrong', async () => {
      const report = await rig.verify();
      assert.deepEqual(report.findings.listed, []);
      assert.equal(report.lost.length, lost.size);
    });
  });
}
