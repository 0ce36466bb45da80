import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { makePagePolicy } from '../../../common/content-policy.ts';
import { ATTACHMENT_LIMITS, BODY_LIMITS } from '../../../common/shapes/draft.ts';
import { buildClient, type BuiltClient } from '../../../desktop/build.ts';
import { BODIES, LIMITS } from '../../../desktop/renderer/composer/limits.ts';
import { ICON_NAMES } from '../../../desktop/renderer/parts/icon-names.ts';
import { ROOT } from '../../harness/server-process.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

/** Bytes of gzip. A tenth of a second at 1 Mbit/s is 12,500: the first script is kept far below what a page may weigh. */
const BUDGET = { script: 100_000, style: 12_000, composer: 45_000, ahead: 2000, visit: 120_000 };

describe('the built client', () => {
  const temp = makeTempDir('client');
  let client: BuiltClient;
  before(async () => {
    client = await buildClient(temp.path);
  });
  after(() => temp.remove());
  const size = (file: string): number => readFileSync(join(client.folder, `${file}.gz`)).length;
  const readPage = (): string => readFileSync(join(client.folder, 'index.html'), 'utf8');
  const readOwn = (kind: 'script' | 'style'): { text: string; hash: string } => {
    const own = new RegExp(`<${kind} data-hash="([^"]+)">([^]+?)</${kind}>`);
    const [, hash = '', text = ''] = own.exec(readPage()) ?? [];
    return { text, hash };
  };
  const sum = (files: readonly string[]): number => files.reduce((total, file) => total + size(file), 0);

  it('keeps its budget', () => {
    const { first, composer } = client;
    const style = gzipSync(readOwn('style').text, { level: 9 }).length;
    assert.ok(sum(first) <= BUDGET.script, `first script: ${sum(first)} bytes`);
    assert.ok(style <= BUDGET.style, `style: ${style} bytes`);
    const ahead = gzipSync(readOwn('script').text, { level: 9 }).length;
    assert.ok(ahead <= BUDGET.ahead, `what asks ahead: ${ahead} bytes`);
    assert.ok(sum(composer) <= BUDGET.composer, `composer: ${sum(composer)} bytes`);
    const visit = sum([...first, 'index.html']);
    assert.ok(visit <= BUDGET.visit, `first visit without mail: ${visit} bytes`);
  });

  it('loads the first page in two requests: the page and one script', () => {
    const loads = [...readPage().matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]?.slice(1));
    assert.deepEqual(loads, client.first);
    assert.equal(loads.length, 1);
  });

  it('has no script and no style in it but the ones whose hashes its policy names', () => {
    let rest = readPage();
    for (const kind of ['script', 'style'] as const) {
      const { text, hash } = readOwn(kind);
      assert.equal(hash, `sha256-${createHash('sha256').update(text).digest('base64')}`);
      assert.ok(makePagePolicy([], readPage()).includes(`; ${kind}-src 'self' '${hash}'; `));
      rest = rest.replace(text, '').replace(`<${kind} data-hash`, '');
    }
    assert.doesNotMatch(rest, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i);
  });

  it('finds every file that one of its files names', () => {
    const files = new Set(readdirSync(join(client.folder, 'assets')));
    for (const file of files) {
      if (!file.endsWith('.js')) continue;
      const text = readFileSync(join(client.folder, 'assets', file), 'utf8');
      for (const [, name] of text.matchAll(/(?:from|import)\s*\(?["'`]\.\/([^"'`]+)["'`]/g)) {
        assert.ok(files.has(name ?? ''), `${file} names ${name}`);
      }
      assert.doesNotMatch(text, /__BUILD__|process\.env/);
    }
  });

  it('has an icon for every name, and a name for every icon', () => {
    const sprite = readFileSync(join(ROOT, 'desktop/renderer/parts/icons.svg'), 'utf8');
    const drawn = [...sprite.matchAll(/id="i-([\w-]+)"/g)].map((match) => match[1]);
    assert.deepEqual(drawn, [...ICON_NAMES]);
  });

  it('knows the same limits for attachments and bodies as the server', () => {
    assert.deepEqual([LIMITS, BODIES], [{ ...ATTACHMENT_LIMITS }, { ...BODY_LIMITS }]);
  });
});
