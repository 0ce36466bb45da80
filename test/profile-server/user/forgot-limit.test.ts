import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HOUR, MINUTE } from '../../../common/time.ts';
import { onBothEngines } from '../engines.ts';
import { refusal, startServer, type RunningServer } from '../start-server.ts';

onBothEngines('how many codes for lost passwords one place may ask for', (engine) => {
  let running: RunningServer;
  before(async () => (running = await startServer({ database: engine.setting() })));
  after(async () => await running.stop());

  const ask = async (): Promise<unknown> => await running.client().session.forgot.mutate({ name: 'nobody' });
  const beginHour = (): void => running.clock.advance(HOUR - (running.clock.now() % HOUR));

  test('an office from which somebody asks all day long is served all day', async () => {
    beginHour();
    for (let n = 0; n < 30; n++) {
      await ask();
      running.clock.advance(10 * MINUTE);
    }
  });

  test('20 an hour, and who was refused hears how long', async () => {
    beginHour();
    for (let n = 0; n < 20; n++) await ask();
    running.clock.advance(15 * MINUTE);
    const refused = await refusal(ask());
    assert.equal(refused.code, 'too-many-tries');
    assert.ok((refused.retryAfter ?? 0) <= 45 * 60, 'until the next hour begins');
    running.clock.advance(45 * MINUTE);
    await ask();
  });
});
