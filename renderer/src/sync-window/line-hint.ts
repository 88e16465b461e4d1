import type { LineHint } from '@shared/sync/files/metered';

/** What this machine's browser knows of the network now; desktops mostly know nothing. */
export function lineHint(): LineHint {
  const { connection } = navigator as Navigator & { readonly connection?: LineHint };
  return {
    ...(connection?.type === undefined ? {} : { type: connection.type }),
    ...(connection?.saveData === undefined ? {} : { saveData: connection.saveData }),
  };
}
