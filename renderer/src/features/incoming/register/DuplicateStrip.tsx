import { Button } from '@mantine/core';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { shortDate } from '@shared/text/time';
import { t } from '../../../i18n';
import { Notice } from '../../../ui';

type Properties = {
  readonly twin: Stored<'incoming'>;
  readonly onOpen: () => void;
  readonly onAnother: () => void;
  /** Sets the intake file aside as a copy; absent for a document without a file. */
  readonly onCopy: (() => void) | null;
};

/** The document seems to be registered already: nothing is registered twice without being told to. */
export function DuplicateStrip({ twin, onOpen, onAnother, onCopy }: Properties) {
  const words = t.incoming.register;
  return (
    <Notice tone="warn" title={words.duplicateTitle}>
      <p>{words.duplicate(formatNumber(twin.arrivalNumber), shortDate(twin.arrivalDate))}</p>
      <Button onClick={onOpen}>{words.duplicateOpen}</Button>
      {onCopy === null ? null : <Button onClick={onCopy}>{words.duplicateAside}</Button>}
      <Button onClick={onAnother}>{words.duplicateAgain}</Button>
    </Notice>
  );
}
