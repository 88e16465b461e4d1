import type { Output } from '@shared/ipc/contract';
import type { Result } from '@shared/result/result';
import { contextBridge, ipcRenderer } from 'electron';

/** What the password window's page may do: read its question, answer it once. */
export type SecretDoor = {
  question(): Promise<Result<Output<'secret:question'>>>;
  answer(secret: Uint8Array | null): Promise<Result<Output<'secret:answer'>>>;
};

const door: SecretDoor = {
  question: () => ipcRenderer.invoke('secret:question', undefined),
  answer: (secret) => ipcRenderer.invoke('secret:answer', { secret }),
};
contextBridge.exposeInMainWorld('secretDoor', door);
