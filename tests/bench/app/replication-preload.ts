import { contextBridge, ipcRenderer } from 'electron';
import type { BenchDoor } from '../page/post';

const door: BenchDoor = {
  ours: (path, body) => ipcRenderer.invoke('bench:ours', path, body),
  peer: (request) => ipcRenderer.invoke('bench:peer', request),
};
contextBridge.exposeInMainWorld('benchDoor', door);
