import { awaitedDeviceRules } from './awaited-device-rules';
import { batchRules } from './batch-rules';
import { exchangeRules } from './exchange-rules';
import { fileRules } from './file-rules';
import { grantRules } from './grant-rules';
import { handoverRules } from './handover-rules';
import { identityRules } from './identity-rules';
import { lookupRules } from './lookup-rules';
import { mergeRules } from './merge-rules';
import { numberChainRules } from './number-chain-rules';
import { numberingRules } from './numbering-rules';
import { plainClientRules } from './plain-client-rules';
import { pullRules } from './pull-rules';
import { pushRules } from './push-rules';
import { refusedNumberRules } from './refused-number-rules';
import { removalRules } from './removal-rules';
import { signatureRules } from './signature-rules';
import { stalenessRules } from './staleness-rules';
import { visibilityRules } from './visibility-rules';

/** Every rule of the server; both databases are held to all of them. */
export const allRules = [
  identityRules,
  pushRules,
  batchRules,
  lookupRules,
  mergeRules,
  pullRules,
  plainClientRules,
  grantRules,
  numberingRules,
  numberChainRules,
  refusedNumberRules,
  handoverRules,
  awaitedDeviceRules,
  exchangeRules,
  fileRules,
  removalRules,
  signatureRules,
  stalenessRules,
  visibilityRules,
] as const;
