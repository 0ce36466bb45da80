import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/choice-fields.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';
import { useRun } from '../../session/use-run.ts';
import { adminPartTexts } from '../../text/admin-parts.ts';
import { useText } from '../../text/text.ts';

export interface RoomDraft {
  /** Empty for a new one. */
  name: string;
  networks: readonly string[];
  forced: boolean;
}

/** A room: its networks, and whether every session from there is a lab session. */
export function RoomDialog({ room, onClose }: { room: RoomDraft; onClose: () => void }) {
  const t = useText(adminPartTexts);
  const [name, setName] = useState(room.name);
  const [networks, setNetworks] = useState(room.networks.join('\n'));
  const [forced, setForced] = useState(room.forced);
  const { busy, problem, run } = useRun();
  const act = (work: () => Promise<unknown>): void => {
    void run(async () => {
      await work();
      await queries.invalidateQueries({ queryKey: ['admin', 'rooms'] });
      onClose();
    });
  };
  const { lab } = profileServer();
  const listed = networks.split(/[\s,]+/).filter((one) => one !== '');
  return (
    <FormDialog
      title={room.name === '' ? t('room-add') : room.name}
      yes={t('save')}
      busy={busy}
      problem={problem}
      byBrowser
      more={
        room.name === '' ? null : (
          <Button
            look="quiet"
            icon="trash"
            disabled={busy}
            onClick={() => act(async () => await lab.removeRoom.mutate({ name: room.name }))}
          >
            {t('room-remove')}
          </Button>
        )
      }
      onSubmit={() => act(async () => await lab.setRoom.mutate({ name, networks: listed, forced }))}
      onClose={onClose}
    >
      <Field
        label={t('room-name')}
        value={name}
        required
        maxLength={100}
        disabled={room.name !== ''}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t('room-networks')}
        hint={t('room-networks-hint')}
        rows={3}
        maxLength={6000}
        code
        value={networks}
        onText={setNetworks}
      />
      <Check label={t('room-force')} checked={forced} onPick={setForced} hint={t('room-force-hint')} />
    </FormDialog>
  );
}
