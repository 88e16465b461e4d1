import { Button } from '@mantine/core';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { lanAddressSchema } from '@shared/sync/lan-numbers';
import { useEffect, useState } from 'react';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { ErrorNotice, reportFailure, TextField, toast, useTask } from '../../../ui';
import { useNumberSlips } from './use-number-slips';

/** Takes the number of a document from the machine that holds the book, over the network of the office. */
export function AskOverLan({
  document,
  holder,
}: {
  readonly document: Stored<'outgoing'>;
  /** The machine that holds the book. */
  readonly holder: string;
}) {
  const slips = useNumberSlips();
  const task = useTask();
  const [address, setAddress] = useState('');
  useEffect(() => {
    invoke('lan:status', undefined)
      .then(({ lastAddress }) => setAddress((typed) => (typed === '' ? lastAddress : typed)))
      .catch(reportFailure);
  }, []);
  const words = t.keeping.lan;
  const ask = (): Promise<boolean> =>
    task.run(async () => {
      const slip = await slips.request(document);
      const answer = await invoke('lan:ask', { address: address.trim(), device: holder, slip });
      toast(t.keeping.ask.took(formatNumber(await slips.take(answer.slip))));
    });
  return (
    <>
      <div className="cv-row cv-row-field">
        <TextField
          label={words.askAddress}
          hint={words.askHint}
          value={address}
          onChange={setAddress}
          maxLength={120}
        />
        <Button
          disabled={task.busy || !lanAddressSchema.safeParse(address).success}
          onClick={() => void ask()}
        >
          {words.ask}
        </Button>
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </>
  );
}
