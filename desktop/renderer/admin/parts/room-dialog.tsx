import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/choice-fields.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { adminPartTexts } from '../../text/admin-parts.ts';
import { shellTexts } from '../../text/shell.ts';
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
  const shell = useText(shellTexts);
  const [name, setName] = useState(room.name);
  const [networks, setNetworks] = useState(room.networks.join('\n'));
  const [forced, setForced] = useState(room.forced);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      await queries.invalidateQueries({ queryKey: ['admin', 'rooms'] });
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  const { lab } = profileServer();
  const listed = networks.split(/[\s,]+/).filter((one) => one !== '');
  return (
    <Dialog
      title={room.name === '' ? t('room-add') : room.name}
      closeLabel={shell('close')}
      onClose={onClose}
    >
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          void run(async () => await lab.setRoom.mutate({ name, networks: listed, forced }));
        }}
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
        <ProblemBox problem={problem} />
        <footer className="dialog-foot">
          {room.name === '' ? null : (
            <Button
              look="quiet"
              icon="trash"
              onClick={() => void run(async () => await lab.removeRoom.mutate({ name: room.name }))}
            >
              {t('room-remove')}
            </Button>
          )}
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button type="submit" look="main">
            {t('save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
