import { Button } from '@mantine/core';
import type { FoundBackupFacts } from '@shared/ipc/backup-contract';
import { useState } from 'react';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { ChoiceField, ErrorNotice, Facts, momentText, Progress, reportFailure, useTask } from '../../ui';
import './backup.css';
import { TwoHalves } from './TwoHalves';
import { useAdvance } from './use-backup';

/** Khôi phục trên máy mới, in one screen: the folder of the backup, both halves, and how far it is. */
export function RestoreForm({ onBack }: { readonly onBack: () => void }) {
  const words = t.backup.restore;
  const [found, setFound] = useState<FoundBackupFacts | null>(null);
  const [set, setSet] = useState('');
  const [phase, setPhase] = useState<'choosing' | 'restoring' | 'restarting'>('choosing');
  const choosing = useTask();
  const advance = useAdvance('restore');
  const choose = async (): Promise<void> => {
    const answer = await invoke('restore:choose', undefined);
    if (answer === null) return;
    setFound(answer);
    setSet(answer.sets[0] ?? '');
  };
  const restore = async (halves: { readonly clerk: string; readonly leader: string }): Promise<void> => {
    setPhase('restoring');
    try {
      await invoke('restore:run', { set, ...halves });
      setPhase('restarting');
    } catch (error) {
      setPhase('choosing');
      throw error;
    }
  };
  return (
    <div className="cv-stack">
      <p className="cv-soft">{words.intro}</p>
      <div className="cv-row">
        <Button
          variant={found === null ? 'filled' : 'default'}
          disabled={choosing.busy || phase !== 'choosing'}
          onClick={() => void choosing.run(choose)}
        >
          {words.choose}
        </Button>
        <button type="button" className="cv-link" onClick={onBack} disabled={phase !== 'choosing'}>
          {words.back}
        </button>
      </div>
      {choosing.error === null ? null : <ErrorNotice error={choosing.error} />}
      {found === null ? null : (
        <>
          <Facts
            facts={[
              [words.found, words.of(found.deviceName, found.unitName)],
              [words.kit, found.kit.toUpperCase()],
            ]}
          />
          <ChoiceField
            label={words.set}
            value={set}
            onChange={setSet}
            choices={found.sets.map((name) => ({ value: name, label: setMoment(name) }))}
          />
          <TwoHalves label={words.title} act={words.run} onRun={restore} />
        </>
      )}
      {phase === 'restoring' ? (
        <Progress
          label={words.running}
          done={advance?.done ?? 0}
          total={advance?.total ?? 0}
          onCancel={() => void invoke('restore:cancel', undefined).catch(reportFailure)}
        />
      ) : null}
      {phase === 'restarting' ? <p role="status">{words.restarting}</p> : null}
    </div>
  );
}

/** The name of a set is its moment in Vietnamese time, with dashes for colons. */
function setMoment(name: string): string {
  return momentText(`${name.slice(0, 11)}${name.slice(11).replaceAll('-', ':')}+07:00`);
}
