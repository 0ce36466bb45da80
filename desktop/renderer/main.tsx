import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'preact/compat/client';
import { App } from './app.tsx';
import './draw-like-react.ts';
import { queries } from './mail/cache/mail-cache.ts';
import { readMailFirst } from './mail/read-first.ts';
import { startSession } from './session/session-actions.ts';
import { listenForKeys } from './shell/keys.ts';
import { followLook } from './shell/look.ts';
import { followAddress } from './shell/route.ts';

followAddress();
followLook();
listenForKeys(document);
readMailFirst();
void startSession();

const place = document.getElementById('app');
if (place !== null) {
  createRoot(place).render(
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>,
  );
}
