import { Button } from '@mantine/core';
import type { SigningSettings } from '@shared/ipc/signing-values';
import { signatureLevels } from '@shared/schema/signature-state';
import { useEffect, useState } from 'react';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { ChoiceField, checkForm, TextField, toast, useTask } from '../../../ui';
import { Failures, Part } from '../SigningPart';
import { settingsSaved } from './use-raising';

/** Cách ký: the timestamp authority, how long signatures should hold, digest and scheme. */
export function SettingsPart() {
  const task = useTask();
  const [settings, setSettings] = useState<SigningSettings | null>(null);
  useEffect(() => {
    void task.run(async () => setSettings(await invoke('signing:settings', undefined)));
    // oxlint-disable-next-line react/exhaustive-deps -- read once when the part opens
  }, []);
  const words = t.signingActs.settings;
  const save = () =>
    task.run(async () => {
      if (settings === null) return;
      await invoke('signing:save-settings', { ...settings, tsa: settings.tsa.trim() });
      settingsSaved.dispatchEvent(new Event('saved'));
      toast(words.saved);
    });
  return (
    <Part title={words.title}>
      <p className="cv-soft">{words.intro}</p>
      {settings === null ? null : (
        <form
          className="cv-signing-settings"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (checkForm(event.currentTarget)) void save();
          }}
        >
          <TextField
            label={words.tsa}
            hint={words.tsaHint}
            value={settings.tsa}
            maxLength={500}
            onChange={(tsa) => setSettings({ ...settings, tsa })}
          />
          <ChoiceField
            label={words.level}
            value={settings.level}
            disabled={settings.tsa.trim() === ''}
            choices={signatureLevels.map((level) => ({ value: level, label: words.levels[level] }))}
            onChange={(level) => setSettings({ ...settings, level })}
          />
          <ChoiceField
            label={words.hash}
            value={settings.hash}
            choices={(['sha256', 'sha384', 'sha512'] as const).map((hash) => ({
              value: hash,
              label: words.hashes[hash],
            }))}
            onChange={(hash) => setSettings({ ...settings, hash })}
          />
          <ChoiceField
            label={words.scheme}
            value={settings.pss ? 'pss' : 'pkcs1'}
            choices={(['pkcs1', 'pss'] as const).map((scheme) => ({
              value: scheme,
              label: words.schemes[scheme],
            }))}
            onChange={(scheme) => setSettings({ ...settings, pss: scheme === 'pss' })}
          />
          <Button type="submit" disabled={task.busy}>
            {words.save}
          </Button>
        </form>
      )}
      <Failures errors={[task.error]} />
    </Part>
  );
}
