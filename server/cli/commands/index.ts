import type { Command } from '../command';
import { audit } from './audit';
import { backup } from './backup';
import { backupList } from './backup-list';
import { backupVerify } from './backup-verify';
import { checkSignatures } from './check-signatures';
import { devicesList } from './devices-list';
import { devicesRename } from './devices-rename';
import { devicesRevoke } from './devices-revoke';
import { enrolCodeCreate } from './enrol-code-create';
import { grantsAdd, grantsRemove } from './grants-change';
import { grantsList } from './grants-list';
import { health } from './health';
import { newEpoch } from './new-epoch';
import { peopleActivate, peopleDeactivate } from './people-activity';
import { peopleAdd } from './people-add';
import { peopleEdit } from './people-edit';
import { peopleList } from './people-list';
import { peopleRoles } from './people-roles';
import { peopleSetPin } from './people-set-pin';
import { restore } from './restore';
import { unitsAdd } from './units-add';
import { unitsEdit } from './units-edit';
import { unitsList } from './units-list';
import { unitsMerge } from './units-merge';
import { unitsStale } from './units-stale';

/** Every command of the administrator by the words that call it; `usage.ts` says the same to people. */
export const commands: Readonly<Record<string, Command>> = {
  'units list': unitsList,
  'units add': unitsAdd,
  'units edit': unitsEdit,
  'units merge': unitsMerge,
  'units stale': unitsStale,
  'people list': peopleList,
  'people add': peopleAdd,
  'people edit': peopleEdit,
  'people roles': peopleRoles,
  'people deactivate': peopleDeactivate,
  'people activate': peopleActivate,
  'people set-pin': peopleSetPin,
  'enrol-code create': enrolCodeCreate,
  'devices list': devicesList,
  'devices rename': devicesRename,
  'devices revoke': devicesRevoke,
  'grants list': grantsList,
  'grants add': grantsAdd,
  'grants remove': grantsRemove,
  backup,
  'backup list': backupList,
  'backup verify': backupVerify,
  restore,
  audit,
  health,
  'check-signatures': checkSignatures,
  'new-epoch': newEpoch,
};
