import { Device, type DeviceRecord, type PublicKey } from '../../../electron/identity/device';
import type { SecretFile } from '../../../electron/identity/secret-file';

/** A sealed file without the seal. */
export function plainFile<T>(): SecretFile<T> {
  let kept: T | null = null;
  return {
    read: () => Promise.resolve(kept),
    write: (value) => {
      kept = value;
      return Promise.resolve();
    },
  };
}

/** A machine of the unit with its identity, and the entry by which the others know it. */
export async function machine(id: string) {
  const device = await Device.open(plainFile<DeviceRecord>());
  let publicKey: PublicKey | null = null;
  await device.enrol('http://localhost', `Máy ${id}`, (key) => {
    publicKey = key;
    return Promise.resolve({ deviceId: id, serverId: 's', unit: 'huyen', unitName: 'LĐLĐ huyện' });
  });
  if (publicKey === null) throw new Error('no key');
  return { device, entry: { id, name: `Máy ${id}`, status: 'active', publicKey } as const };
}
