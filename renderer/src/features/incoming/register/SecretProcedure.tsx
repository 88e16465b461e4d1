import { Button } from '@mantine/core';
import type { SecrecyLevel } from '@shared/domain/secrecy';
import { t } from '../../../i18n';
import { ChoiceField, Notice, SidePanel } from '../../../ui';
import { secrecyChoices } from './choices';

type Properties = {
  readonly level: SecrecyLevel;
  readonly onLevel: (level: SecrecyLevel) => void;
  readonly onClear: () => void;
};

/** Mật and above: nothing is stored; what to do on paper. */
export function SecretProcedure({ level, onLevel, onClear }: Properties) {
  const { secretSteps } = t.incoming.register;
  return (
    <SidePanel
      title={t.incoming.register.title}
      foot={
        <Button variant="filled" onClick={onClear}>
          {t.incoming.register.secretClear}
        </Button>
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
          <p>{t.incoming.register.secretWhat}</p>
        </Notice>
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
