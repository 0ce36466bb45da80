import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { kindsOf, startKeepingRig } from './keeping-rig.ts';

for (const name of ENGINES) {
  describe(`keeping on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    before(async () => void (engine = await startEngine(name)));
    after(async () => await engine.stop());

    test('a store that nothing happened to is whole', async (t) => {
      const rig = await startKeepingRig(engine);
      t.after(async () => await rig.stop());
      const report = await rig.verify();
      assert.deepEqual(report.findings.listed, []);
      assert.equal(report.mails, 80);
      assert.equal(report.users, 2);
      assert.equal(report.blobs.unused.blobs, 0);
      assert.deepEqual(report.files.unused, []);
      assert.deepEqual(kindsOf(report.findings), []);
    });
  });
}
