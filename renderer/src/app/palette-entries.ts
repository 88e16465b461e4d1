import { formatNumber } from '@shared/domain/numbering';
import { shortDate } from '@shared/text/time';
import { useMemo } from 'react';
import { useRows } from '../data';
import { t } from '../i18n';
import { type Command, filterByText, runCommand, shortcutLabel } from '../ui';
import { address, navigate } from './router';

/** One line of the palette. */
export type PaletteEntry = {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly detail: string;
  readonly run: () => void;
};

/** Newest documents that the palette looks through; older ones are found on their own screens. */
const depth = 1000;
const shown = 40;

/** What answers the query: commands and screens first, then documents and meetings. */
export function usePaletteEntries(query: string, commands: readonly Command[]): readonly PaletteEntry[] {
  const incoming = useRows('incoming', { limit: depth });
  const outgoing = useRows('outgoing', { limit: depth });
  const meetings = useRows('meetings', { limit: depth });
  const documents = useMemo((): readonly PaletteEntry[] => {
    const go = (path: string, id: string) => () => navigate(address(`${path}/${encodeURIComponent(id)}`));
    return [
      ...(incoming ?? []).map((row) => ({
        key: `incoming/${row.id}`,
        group: t.common.palette.incoming,
        title: `${numbered(row.number, row.symbol)} ${row.subject}`.trim(),
        detail: [
          row.arrivalNumber === 0 ? '' : formatNumber(row.arrivalNumber),
          row.type,
          row.issuer,
          shortDate(row.date),
        ]
          .filter((part) => part !== '')
          .join(' · '),
        run: go('/incoming', row.id),
      })),
      ...(outgoing ?? []).map((row) => ({
        key: `outgoing/${row.id}`,
        group: t.common.palette.outgoing,
        title:
          `${row.number === 0 ? '' : numbered(formatNumber(row.number), row.symbol)} ${row.subject}`.trim(),
        detail: [row.type, shortDate(row.date)].filter((part) => part !== '').join(' · '),
        run: go('/outgoing', row.id),
      })),
      ...(meetings ?? []).map((row) => ({
        key: `meetings/${row.id}`,
        group: t.common.palette.meetings,
        title: row.title,
        detail: [shortDate(row.startsAt), row.place].filter((part) => part !== '').join(' · '),
        run: go('/meetings', row.id),
      })),
    ];
  }, [incoming, outgoing, meetings]);
  const actions = commands
    .filter((command) => command.id !== 'frame.search')
    .map(
      (command): PaletteEntry => ({
        key: `command/${command.id}`,
        group: command.id.startsWith('screen:') ? t.common.palette.screens : t.common.palette.commands,
        title: command.title,
        detail: command.shortcut === undefined ? '' : shortcutLabel(command.shortcut),
        run: () => runCommand(command),
      }),
    );
  if (query.trim() === '') return [...actions.slice(0, 20), ...documents.slice(0, 8)];
  const text = (entry: PaletteEntry): string => `${entry.title} ${entry.detail}`;
  return [
    ...filterByText(actions, (entry) => entry.title, query, 10),
    ...filterByText(documents, text, query, shown),
  ];
}

function numbered(number: string, symbol: string): string {
  if (number === '') return symbol;
  return symbol === '' ? number : `${number}/${symbol}`;
}
