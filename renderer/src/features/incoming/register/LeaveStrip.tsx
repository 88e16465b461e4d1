import { Button } from '@mantine/core';
import { t } from '../../../i18n';
import { Notice } from '../../../ui';

type Properties = { readonly onKeep: () => void; readonly onDrop: () => void; readonly onStay: () => void };

/** Esc with something typed: leave, and keep it or not. */
export function LeaveStrip({ onKeep, onDrop, onStay }: Properties) {
  const words = t.incoming.register;
  return (
    <Notice tone="info" title={words.leaveTitle} safe={words.leaveText}>
      <Button variant="filled" onClick={onKeep}>
        {words.leaveKeep}
      </Button>
      <Button onClick={onDrop}>{words.leaveDrop}</Button>
      <Button onClick={onStay}>{words.stay}</Button>
    </Notice>
  );
}
