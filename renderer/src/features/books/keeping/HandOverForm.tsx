import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { type KnownDevice, useSession } from '../../../data';
import { t } from '../../../i18n';
import { ChoiceField, EmptyState, Section, toast, useTask } from '../../../ui';
import { KeepingForm } from './KeepingForm';
import { SlipView } from './SlipView';
import { useKeeping } from './use-keeping';

/** Bàn giao: seals the own head first, then shows the slip; with a network the slip is not needed. */
export function HandOverForm({
  book,
  devices,
  onClose,
}: {
  readonly book: Stored<'books'>;
  readonly devices: ReadonlyMap<string, KnownDevice>;
  readonly onClose: () => void;
}) {
  const { device } = useSession();
  const keeping = useKeeping();
  const task = useTask();
  const words = t.keeping.handOver;
  const others = [...devices.values()].filter(
    ({ id, status }) => id !== device.deviceId && status === 'active',
  );
  const [to, setTo] = useState(others[0]?.id ?? '');
  const [slip, setSlip] = useState<string | null>(null);
  if (slip !== null)
    return (
      <Section title={words.slipTitle}>
        <SlipView label={words.slipTitle} text={slip} hint={words.slipHint} />
      </Section>
    );
  if (others.length === 0) return <EmptyState title={words.nobodyElse} />;
  const save = async (): Promise<void> => {
    setSlip(await keeping.giveAway(book.id, to));
    toast(words.done);
  };
  return (
    <KeepingForm title={words.title} save={words.save} task={task} onSave={save} onClose={onClose}>
      <p>{words.effect}</p>
      <ChoiceField
        label={words.to}
        value={to}
        choices={others.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setTo}
      />
    </KeepingForm>
  );
}
