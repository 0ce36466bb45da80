import type { Page } from 'playwright-core';

/** An answer that is on its way for as long as the test wants. */
export interface KeptAnswer {
  /** The server has answered. */
  answered: Promise<void>;
  letGo(): void;
}

/** Lets the server answer the next call of a procedure, such as `mail.list`, at once or after `ask`, and keeps its answer. */
export async function keepAnswer(
  page: Page,
  procedure: string,
  ask: Promise<void> = Promise.resolve(),
): Promise<KeptAnswer> {
  const answered = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  await page.route(
    new RegExp(procedure.replace('.', '\\.')),
    async (route) => {
      await ask;
      const response = await route.fetch();
      answered.resolve();
      await free.promise;
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  return { answered: answered.promise, letGo: free.resolve };
}
