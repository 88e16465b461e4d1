import type { SignaturePicture } from '@shared/ipc/contract';
import type { SigningKey } from '@shared/ipc/signing-values';
import { useCallback, useEffect, useState } from 'react';
import { invoke } from '../../platform/desktop';

type Loaded<T> = {
  /** null while loading. */
  readonly items: readonly T[] | null;
  readonly error: unknown;
  readonly reload: () => Promise<void>;
};

/** Certificates with which this machine can sign. */
export function useSigningKeys(): Loaded<SigningKey> {
  return useLoaded(readKeys);
}

/** The pictures that signatures of this person and of this unit show. */
export function useSignaturePictures(): Loaded<SignaturePicture> {
  return useLoaded(readPictures);
}

async function readKeys(): Promise<readonly SigningKey[]> {
  return (await invoke('signing:keys', undefined)).keys;
}

async function readPictures(): Promise<readonly SignaturePicture[]> {
  return (await invoke('signing:pictures', undefined)).pictures;
}

function useLoaded<T>(read: () => Promise<readonly T[]>): Loaded<T> {
  const [items, setItems] = useState<readonly T[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(
    () =>
      read().then((loaded) => {
        setItems(loaded);
        setError(null);
      }, setError),
    [read],
  );
  useEffect(() => {
    void load();
  }, [load]);
  return { items, error, reload: load };
}
