import type { RevocationListFacts, TrustAnchor } from '@shared/ipc/check-contract';
import { useEffect, useState } from 'react';
import { invoke, subscribe } from '../../platform/desktop';

export type Trust = {
  readonly anchors: readonly TrustAnchor[];
  readonly lists: readonly RevocationListFacts[];
};

/** What this machine trusts, and the revocation lists it knows; read anew whenever either changes. */
export function useTrust(): { readonly trust: Trust | null; readonly error: unknown } {
  const [trust, setTrust] = useState<Trust | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    const load = async (): Promise<void> => {
      const { anchors } = await invoke('trust:anchors', undefined);
      const { lists } = await invoke('trust:revocation-lists', undefined);
      if (!left) setTrust({ anchors, lists });
    };
    const read = (): void => {
      load().catch((failure: unknown) => {
        if (!left) setError(failure);
      });
    };
    read();
    const end = subscribe('trust:changed', read);
    return () => {
      left = true;
      end();
    };
  }, []);
  return { trust, error };
}
