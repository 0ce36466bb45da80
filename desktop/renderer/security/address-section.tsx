import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../mail/cache/mail-cache.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { profileServer } from '../session/clients.ts';
import { useRun } from '../session/use-run.ts';
import { securityTexts } from '../text/security.ts';
import { useText } from '../text/text.ts';
import { Section } from './section.tsx';

const KEY = ['second-address'] as const;

/** The address that reset codes go to: it counts once its owner has proved that it is his. */
export function AddressSection() {
  const t = useText(securityTexts);
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => await profileServer().session.secondAddress.query(undefined, { signal }),
    staleTime: 0,
  });
  const now = query.data;
  if (now === undefined) return null;
  const { address, proven } = now;
  return (
    <Section title={t('address')} lead={t('address-lead')} testId="security-address">
      <p>{address === null ? t('address-none') : proven ? address : t('address-unproven', { address })}</p>
      {address !== null && !proven ? <ProveForm address={address} /> : null}
      {open ? (
        <AddressForm onDone={() => setOpen(false)} />
      ) : (
        <Button data-testid="address-open" onClick={() => setOpen(true)}>
          {t(address === null ? 'address-add' : 'address-change')}
        </Button>
      )}
    </Section>
  );
}

function AddressForm({ onDone }: { onDone: () => void }) {
  const t = useText(securityTexts);
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const { problem, busy, run } = useCall();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const wanted = address.trim() === '' ? null : address.trim();
      await profileServer().session.changeSecondAddress.mutate({ address: wanted, password });
      onDone();
    });
  };
  return (
    <form className="panel security-form" noValidate onSubmit={submit}>
      <Field
        label={t('address-field')}
        hint={t('address-hint')}
        type="email"
        autoComplete="email"
        value={address}
        onChange={(event) => setAddress(event.target.value)}
        data-testid="address-field"
      />
      <PasswordField
        label={t('your-password')}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        data-testid="address-password"
      />
      <ProblemBox problem={problem} />
      <div className="card-actions">
        <Button look="main" type="submit" disabled={busy || password === ''} data-testid="address-save">
          {t('go-on')}
        </Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

function ProveForm({ address }: { address: string }) {
  const t = useText(securityTexts);
  const [code, setCode] = useState('');
  const { problem, busy, run } = useCall();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      await profileServer().session.proveSecondAddress.mutate({ address, code: code.trim() });
    });
  };
  return (
    <form className="panel security-form" noValidate onSubmit={submit}>
      <Field
        label={t('address-code')}
        hint={t('address-code-hint')}
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        data-testid="address-code"
      />
      <ProblemBox problem={problem} />
      <div className="card-actions">
        <Button look="main" type="submit" disabled={busy || code.trim() === ''}>
          {t('address-prove')}
        </Button>
      </div>
    </form>
  );
}

/** Work after which the address is read again. */
function useCall(): Pick<ReturnType<typeof useRun>, 'busy' | 'problem' | 'run'> {
  const { busy, problem, run } = useRun();
  const runAndRead = async (work: () => Promise<unknown>): Promise<void> =>
    await run(async () => {
      await work();
      await queries.invalidateQueries({ queryKey: KEY });
    });
  return { busy, problem, run: runAndRead };
}
