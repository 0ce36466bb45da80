import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import type { WebContents, WebFrameMain } from 'electron';
import { originOf, PAGE_ORIGIN, toApp, toPage } from './addresses.ts';
import { model, NotModelled } from './modelled.ts';
import { BINDING, WORLD, writeMainWorld, writePreloadWorld } from './worlds.ts';
import type { MessageDesk } from './message-desk.ts';

export type ContentsDouble = WebContents & { emit(event: string, ...args: unknown[]): boolean };

/** What stands behind a WebContents of the double. */
export interface OpenContents {
  contents: ContentsDouble;
  page: Promise<Page>;
  /** Sends a message as the preload would, but from a frame of the page: what a hostile frame would try. */
  sendFromFrame(address: string, channel: string, args: unknown[]): Promise<string | null>;
}

interface Call {
  id: number | null;
  channel: string;
  args: unknown[];
}

interface OpenOptions {
  page: Promise<Page>;
  preload: string;
  desk: MessageDesk;
  downloads: string[];
  onPopup: (url: string) => void;
}

type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** A page in Chromium behind the names of WebContents. */
export function openContents({ page, preload, desk, downloads, onPopup }: OpenOptions): OpenContents {
  const emitter = new EventEmitter();
  const frames = new Map<string, WebFrameMain>();
  const worlds = new Map<number, { frame: string; name: string }>();
  let windowHandler: WindowOpenHandler | null = null;
  let loading: string | null = null;
  let mainFrame = '';
  let closing = false;

  const learnFrame = (id: string, parent: string | undefined, url: string): void => {
    if (parent === undefined) mainFrame = id;
    frames.set(
      id,
      model<WebFrameMain>('WebFrameMain', {
        url: toApp(url),
        origin: originOf(url),
        parent: parent === undefined ? null : (frames.get(parent) ?? null),
      }),
    );
  };

  const prepared = page.then(async (page) => {
    const cdp = await page.context().newCDPSession(page);
    cdp.on('Page.frameNavigated', ({ frame }) => learnFrame(frame.id, frame.parentId, frame.url));
    cdp.on(
      'Page.frameDetached',
      ({ frameId, reason }) => void (reason === 'remove' && frames.delete(frameId)),
    );
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      worlds.set(context.id, { frame: frameId ?? '', name: context.name });
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      worlds.delete(executionContextId),
    );
    cdp.on('Runtime.executionContextsCleared', () => worlds.clear());
    cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      void answer(cdp, JSON.parse(payload) as Call, executionContextId);
    });
    cdp.on('Fetch.requestPaused', ({ requestId, request, frameId }) => {
      const goesOn =
        frameId === mainFrame && loading === request.url ? true : askNavigation(request.url, frameId);
      if (frameId === mainFrame) loading = null;
      const command = goesOn
        ? cdp.send('Fetch.continueRequest', { requestId })
        : cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      command.catch(ignoreClosed);
    });
    // Addresses that never become a request: mailto:, valija: and other programs' schemes.
    cdp.on('Page.frameRequestedNavigation', ({ url, frameId, disposition }) => {
      if (disposition !== 'currentTab' || /^(?:https?|about|javascript):/i.test(url)) return;
      if (askNavigation(url, frameId)) throw new NotModelled(`going to ${new URL(url).protocol}`);
    });
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      onPopup(url);
      const handler = windowHandler;
      if (handler === null) throw new NotModelled('windows without a handler');
      const details = { url: toApp(url), frameName: windowName, features: windowFeatures.join(',') };
      const { action } = handler(details as Parameters<WindowOpenHandler>[0]);
      if (action !== 'deny') throw new NotModelled('windows that a page opens');
    });
    page.on('popup', (popup) => void popup.close().catch(ignoreClosed));
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    const { frameTree } = await cdp.send('Page.getFrameTree');
    learnFrame(frameTree.frame.id, undefined, frameTree.frame.url);
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] });
    await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: writeMainWorld() });
    const source = writePreloadWorld(readFileSync(preload, 'utf8'));
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD });
    return { page, cdp };
  });

  const ignoreClosed = (error: unknown): void => {
    if (!closing) emitter.emit('double-error', error);
  };

  /** Emits what Electron emits; true when nobody objects. */
  const askNavigation = (url: string, frameId: string): boolean => {
    let refused = false;
    const isMainFrame = frameId === mainFrame;
    const details = {
      url: toApp(url),
      isMainFrame,
      isSameDocument: false,
      frame: frames.get(frameId) ?? null,
      preventDefault: () => (refused = true),
    };
    emitter.emit('will-frame-navigate', details);
    if (isMainFrame && !refused) emitter.emit('will-navigate', details);
    if (!refused) emitter.emit('did-start-navigation', details);
    return !refused;
  };

  const evaluateIn = async (cdp: CDPSession, contextId: number, expression: string): Promise<void> => {
    // The frame may have gone meanwhile: then nobody waits for it.
    await cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
  };

  const answer = async (cdp: CDPSession, call: Call, contextId: number): Promise<void> => {
    const frame = frames.get(worlds.get(contextId)?.frame ?? '') ?? null;
    const event = { sender: contents, senderFrame: frame, type: 'frame' };
    const { id, channel, args } = call;
    if (id === null) return desk.hear(channel, event, args);
    const { error, value } = await desk.answer(channel, event, args);
    await evaluateIn(
      cdp,
      contextId,
      `valijaDoubleAnswer(${id}, ${JSON.stringify(error)}, ${JSON.stringify(value) ?? 'undefined'})`,
    );
  };

  const findWorld = (frame: string): number | undefined =>
    [...worlds].find(([, world]) => world.frame === frame && world.name === WORLD)?.[0];

  const tell = async (channel: string, args: unknown[]): Promise<void> => {
    const { cdp } = await prepared;
    const world = findWorld(mainFrame);
    const text = `valijaDoubleHear(${JSON.stringify(channel)}, ${JSON.stringify(args)})`;
    if (world !== undefined) await evaluateIn(cdp, world, text);
  };

  const contents: ContentsDouble = model<WebContents>(
    'webContents',
    {
      get mainFrame() {
        return frames.get(mainFrame);
      },
      setWindowOpenHandler: (handler: WindowOpenHandler) => (windowHandler = handler),
      downloadURL: (url: string) => downloads.push(url),
      copyImageAt: (_x: number, _y: number) => undefined,
      replaceMisspelling: (_word: string) => undefined,
      send: (channel: string, ...args: unknown[]) => {
        void tell(channel, args);
      },
      loadURL: async (url: string) => {
        const { page } = await prepared;
        loading = toPage(url);
        emitter.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
        await page.goto(loading);
      },
      close: async () => {
        closing = true;
        await (await page).close();
      },
    },
    emitter,
  );

  return {
    contents,
    page: prepared.then(({ page }) => page),
    sendFromFrame: async (address, channel, args) => {
      const { cdp } = await prepared;
      const wanted = address.startsWith('valija://app/')
        ? PAGE_ORIGIN + address.slice('valija://app'.length)
        : address;
      const { frameTree } = await cdp.send('Page.getFrameTree');
      const frame = (frameTree.childFrames ?? []).find((child) => child.frame.url === wanted)?.frame.id;
      if (frame === undefined) throw new Error(`no frame shows ${address}`);
      const { executionContextId } = await cdp.send('Page.createIsolatedWorld', {
        frameId: frame,
        worldName: WORLD,
      });
      const { promise, resolve } = Promise.withResolvers<string | null>();
      desk.watchNext((error) => resolve(error));
      const call = JSON.stringify(JSON.stringify({ id: 0, channel, args }));
      await cdp.send('Runtime.evaluate', {
        contextId: executionContextId,
        expression: `${BINDING}(${call})`,
      });
      return await promise;
    },
  };
}
