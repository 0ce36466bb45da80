import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { holdSession } from './hold-session.ts';

const { DraftSession } = await import('../../../desktop/renderer/composer/session/draft-session.ts');
const { EMPTY_DRAFT } = await import('../../../desktop/renderer/composer/session/draft-state.ts');
const { resumeUploads, startUploads, stopUpload } =
  await import('../../../desktop/renderer/composer/files/uploads.ts');
const { refuseDraft } = await import('../../../desktop/renderer/composer/send/refuse-draft.ts');
const { noticeStore } = await import('../../../desktop/renderer/shell/notices.ts');
const { holdTokens } = await import('../../../desktop/renderer/session/tokens.ts');

const OPEN = { id: 'm1', version: 1, draft: EMPTY_DRAFT, attachments: [] };

const CONFLICT = { error: { code: 'conflict', reason: 'upload-offset' } };

/** Takes pieces as the storage-server does; `lose` says whose answer does not arrive, by the number of its request. */
function serveUploads(lose: (request: number) => boolean): { offsets: number[] } {
  const offsets: number[] = [];
  let size = 0;
  globalThis.fetch = async (_url, init) => {
    const headers = new Headers(init?.headers);
    if (init?.method === 'HEAD') return new Response(null, { headers: { 'upload-offset': String(size) } });
    const offset = Number(headers.get('upload-offset'));
    offsets.push(offset);
    if (offset !== size) return Response.json(CONFLICT, { status: 409 });
    size += (await new Response(init?.body ?? '').blob()).size;
    if (lose(offsets.length)) return new Response('', { status: 503 });
    const done = size === Number(headers.get('upload-length'));
    return done
      ? Response.json({ id: 'att_1', name: 'file', type: 'x/y', size })
      : new Response('{}', { status: 202, headers: { 'upload-offset': String(size) } });
  };
  return { offsets };
}

describe('an upload', () => {
  afterEach(() => holdTokens(null));

  it('goes on behind a first piece that arrived, though no answer came', async ({ mock }) => {
    // What is tried again by itself is not waited for.
    mock.timers.enable({ apis: ['setTimeout'] });
    holdSession();
    const session = new DraftSession(OPEN, () => undefined);
    const { offsets } = serveUploads((request) => request === 1);
    const state = (): string | undefined => session.uploads.get()[0]?.state;
    const settled = async (): Promise<void> => {
      if (state() !== 'runs' && state() !== 'waits') return;
      await new Promise<void>((resolve) => {
        const stop = session.uploads.subscribe(() => {
          if (state() === 'runs' || state() === 'waits') return;
          stop();
          resolve();
        });
      });
    };
    startUploads(session, [new File([new Uint8Array(1_500_000)], 'file')]);
    await settled();
    assert.equal(state(), 'stopped');
    resumeUploads(session);
    await settled();
    assert.deepEqual(noticeStore.get(), []);
    assert.deepEqual(
      session.store.get().attachments.map(({ size }) => size),
      [1_500_000],
    );
    assert.deepEqual(offsets, [0, 0, 1_048_576]);
    session.release();
  });
});

describe('a file that was changed or removed since it was chosen', () => {
  afterEach(() => holdTokens(null));

  it('is given up with a word of it: no connection would help', async () => {
    holdSession();
    const session = new DraftSession(OPEN, () => undefined);
    serveUploads(() => false);
    const file = new File(['words'], 'plan.odt');
    // As browsers answer whoever reads it.
    file.slice = () => {
      const piece = new Blob(['words']);
      piece.arrayBuffer = async () => await Promise.reject(new DOMException('gone', 'NotReadableError'));
      return piece;
    };
    const told = new Promise<void>((resolve) => noticeStore.subscribe(resolve));
    startUploads(session, [file]);
    await told;
    assert.match(noticeStore.get()[0]?.text ?? '', /^The file cannot be read any more/);
    assert.deepEqual(session.uploads.get(), []);
    session.release();
  });
});

describe('a picture of the text whose upload came to nothing', () => {
  it('is seen only here: the mail is not sent without a word of it', async () => {
    const content = { ...EMPTY_DRAFT, to: [{ name: null, address: 'a@x.test' }] };
    const session = new DraftSession(content, () => undefined);
    const name = session.pictures.adopt(`data:image/png;base64,${'A'.repeat(9000)}`);
    session.edit({ html: `<div><img src="cid:${name}" alt=""></div>` });
    assert.match(refuseDraft(session) ?? '', /still being uploaded/);
    for (const upload of session.uploads.get()) stopUpload(session, upload);
    assert.match(refuseDraft(session) ?? '', /^A picture in the text is not on the server/);
    session.edit({ html: '<div>none</div>' });
    assert.equal(refuseDraft(session), null);
    session.release();
  });
});
