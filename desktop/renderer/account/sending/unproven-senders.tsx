import { useQuery } from '@tanstack/react-query';
import { lookAgain } from '../../composer/preflight/preflight.ts';
import { readSenders, sendersQuery } from '../../composer/preflight/code-under-way.ts';
import { ProveSender } from '../../composer/preflight/prove-sender.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useProfile } from '../../profile/profile-store.ts';
import { NOTHING } from '../../session/problem.ts';
import { useDescribe } from '../../shell/explain.ts';

/** The addresses of an account that nothing is sent from before they are proven, each with the way to prove it. */
export function UnprovenSenders({ account }: { account: string }) {
  const { data } = useQuery(sendersQuery);
  const { identities } = useProfile();
  const describe = useDescribe();
  const open = (data ?? []).filter((one) => one.account === account && one.proof === 'needed');
  return open.map(({ identity: id, address }) => {
    const identity = identities.find((one) => one.id === id);
    const { message, action } = describe({
      ...NOTHING,
      code: 'route-refused',
      reason: 'sender-unverified',
      params: { from: address },
      message: '',
    });
    return (
      <div key={id} className="note note-warning" data-testid="unproven-sender">
        <Icon name="warning" size={17} />
        <div>
          <p>
            {message} {action}
          </p>
          {identity === undefined ? null : <ProveSender identity={identity} onSolved={lookEverywhere} />}
        </div>
      </div>
    );
  });
}

function lookEverywhere(): void {
  readSenders();
  lookAgain();
}
