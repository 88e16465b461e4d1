import type { Meeting } from '@shared/schema/meetings';
import { t } from '../../i18n';
import { StatusTag } from '../../ui';
import { usePackState } from './use-pack-state';

/** Đủ hay thiếu tài liệu on this machine, told by the machine itself, with or without a network. */
export function PackTag({ meeting }: { readonly meeting: Meeting }) {
  const state = usePackState(meeting);
  const texts = t.meetings.pack;
  if (state === null) return null;
  switch (state.kind) {
    case 'not-published':
      return <StatusTag meaning="plain">{texts.none}</StatusTag>;
    case 'complete':
      return <StatusTag meaning="good">{texts.complete(state.total)}</StatusTag>;
    case 'missing-files':
      return <StatusTag meaning="bad">{texts.missing(state.present, state.total)}</StatusTag>;
    case 'changed':
      return <StatusTag meaning="warn">{texts.changed}</StatusTag>;
  }
}
