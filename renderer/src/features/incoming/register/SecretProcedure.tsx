import { Button } from '@mantine/core';
import type { SecrecyLevel } from '@shared/domain/secrecy';
import { t } from '../../../i18n';
import { ChoiceField, ErrorNotice, Notice, SidePanel, useTask } from '../../../ui';
import { secrecyChoices } from './choices';

type Properties = {
  readonly level: SecrecyLevel;
  readonly onLevel: (level: SecrecyLevel) => void;
  /** The file came from the scan folder, where its original lies still. */
  readonly scanned: boolean;
  /** Removes the file that was taken in; null for a document without one. */
  readonly onRemove: (() => Promise<void>) | null;
  readonly onClear: () => void;
};

/** Mật and above: nothing is stored, a file that was taken in goes; what to do on paper. */
export function SecretProcedure({ level, onLevel, scanned, onRemove, onClear }: Properties) {
  const task = useTask();
  const words = t.incoming.register;
  const { secretSteps } = words;
  return (
    <SidePanel
      title={t.incoming.register.title}
      foot={
        onRemove === null ? (
          <Button variant="filled" onClick={onClear}>
            {words.secretClear}
          </Button>
        ) : (
          <Button variant="filled" disabled={task.busy} onClick={() => void task.run(onRemove)}>
            {t.intake.purge.action}
          </Button>
        )
      }
    >
      <div className="cv-stack">
        <ChoiceField
          label={t.incoming.fields.secrecy}
          value={level}
          choices={secrecyChoices()}
          onChange={onLevel}
        />
        <Notice tone="bad" title={t.incoming.register.secretTitle(t.common.secrecy[level])}>
          <p>{onRemove === null ? words.secretWhat : words.secretTaken}</p>
        </Notice>
        {scanned ? <Notice tone="warn" title={words.secretScanned} /> : null}
        {task.error === null ? null : <ErrorNotice error={task.error} />}
        <ol className="cv-steps">
          <li>{secretSteps.one}</li>
          <li>{secretSteps.two}</li>
          <li>{secretSteps.three}</li>
          <li>{secretSteps.four}</li>
        </ol>
      </div>
    </SidePanel>
  );
}
