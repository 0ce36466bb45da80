import { useQuery } from '@tanstack/react-query';
import { useStore } from '../../parts/store.ts';
import { sessionStore } from '../../session/session.ts';
import { mailboxesQuery } from './mail-cache.ts';

/** Whether any mail is stored, also without an account: it may have been imported. */
export function useHasMail(): boolean {
  const session = useStore(sessionStore);
  const enabled = session.phase === 'signed-in' && session.home !== null;
  const { data } = useQuery({ ...mailboxesQuery, enabled });
  return data?.some(({ total }) => total > 0) === true;
}
