import { AppError } from '@shared/result/result';
import type { DeviceState } from './port';

/** Who writes or reads: the enrolled device and the unit it belongs to. */
export type Author = { readonly device: string; readonly unit: string };

/**
 * The device as it stands in this transaction: since the request was let in it may have been revoked (DEVICE_REVOKED)
 * or moved to another unit (FORBIDDEN `token`: with a new token it goes on there).
 */
export function activeDevice(device: DeviceState | null, author: Author): DeviceState {
  if (device?.status !== 'active') throw new AppError('DEVICE_REVOKED');
  if (device.unit !== author.unit) throw new AppError('FORBIDDEN', 'token');
  return device;
}
