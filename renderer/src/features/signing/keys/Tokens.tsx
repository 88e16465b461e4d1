import { Button } from '@mantine/core';
import type { Output } from '@shared/ipc/contract';
import type { KeyOwner, TokenCertificate } from '@shared/ipc/signing-values';
import { AppError } from '@shared/result/result';
import { shortDate } from '@shared/text/time';
import { useEffect, useState } from 'react';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { EmptyState, ErrorNotice, Facts, type Task, toast, useTask } from '../../../ui';
import { Failures } from '../SigningPart';

type Found = Output<'signing:tokens'>;
type Properties = { readonly mayAddOrgan: boolean; readonly onAdded: () => Promise<void> };

/** USB tokens that are plugged in, and taking a certificate of theirs among the keys. */
export function Tokens({ mayAddOrgan, onAdded }: Properties) {
  const task = useTask();
  const { found, scan } = useTokens(task);
  const words = t.signingActs.tokens;
  const chooseDriver = () =>
    task.run(async () => {
      const { driver } = await invoke('signing:choose-driver', undefined);
      if (driver !== '') await scan();
    });
  const add = (certificate: TokenCertificate, owner: KeyOwner) =>
    task.run(async () => {
      const { driver, token, keyId } = certificate;
      const { key } = await invoke('signing:add-token-key', { driver, token, keyId, owner });
      await onAdded();
      toast(t.signing.keys.imported(key.subject));
    });
  return (
    <section className="cv-stack" aria-label={words.title}>
      <div className="cv-row">
        <Button disabled={task.busy} onClick={() => void task.run(scan)}>
          {words.scan}
        </Button>
        <Button disabled={task.busy} onClick={() => void chooseDriver()}>
          {words.chooseDriver}
        </Button>
        {task.busy ? <span role="status">{words.scanning}</span> : null}
      </div>
      <Failures errors={[task.error]} />
      {(found?.problems ?? []).map(({ driver, code }) => (
        <div key={driver}>
          <p className="cv-soft cv-small">{driver}</p>
          <ErrorNotice error={new AppError(code)} />
        </div>
      ))}
      {found?.certificates.length === 0 ? <EmptyState title={words.none} hint={words.noneHint} /> : null}
      <ul className="cv-key-cards" aria-label={words.list}>
        {(found?.certificates ?? []).map((certificate) => (
          <li key={`${certificate.token} ${certificate.keyId}`} className="cv-key-card">
            <h3>{certificate.subject}</h3>
            <Facts
              facts={[
                [words.label, certificate.label],
                [t.signing.keys.issuer, certificate.issuer],
                [t.signingActs.keys.serial, certificate.serial],
                [t.signing.keys.notAfter, shortDate(certificate.notAfter.slice(0, 10))],
              ]}
            />
            <div className="cv-row">
              <Button disabled={task.busy} onClick={() => void add(certificate, 'person')}>
                {words.addPerson}
              </Button>
              {mayAddOrgan ? (
                <Button disabled={task.busy} onClick={() => void add(certificate, 'organ')}>
                  {words.addOrgan}
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useTokens(task: Task) {
  const [found, setFound] = useState<Found | null>(null);
  const scan = async (): Promise<void> => setFound(await invoke('signing:tokens', undefined));
  useEffect(() => {
    void task.run(scan);
    // Looked at once when the part opens; afterwards when asked.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return { found, scan };
}
