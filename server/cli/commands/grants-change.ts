import { unitBucket } from '@shared/domain/exchange';
import { addGrant, type Grant, removeGrant } from '../../admin/grants';
import type { Database } from '../../storage/port';
import { type DataCommand, done, need } from '../command';

/** Devices of the unit are poked, so that they learn of it at once. */
const changing = (change: (database: Database, grant: Grant) => Promise<void>): DataCommand => ({
  on: 'data',
  texts: ['unit', 'readable'],
  run: async (context, values) => {
    const grant = { unit: need(values, 'unit'), readable: need(values, 'readable') };
    await change(context.database, grant);
    context.pokes.changed([unitBucket(grant.unit)]);
    return done(`${grant.unit}\t${grant.readable}`);
  },
});

export const grantsAdd = changing(addGrant);
export const grantsRemove = changing(removeGrant);
